import "server-only";

import type { Transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors/app-error";

/**
 * Keeps other writers of the person waiting until the transaction ends, so that what is read next is what will be
 * changed; who only refers to the person, as a new room does, goes on. Throws AppError `not_found`.
 */
export async function lockPerson(tx: Pick<Transaction, "$queryRaw">, personId: string): Promise<void> {
  const found = await tx.$queryRaw<unknown[]>`
    SELECT id FROM people WHERE id = ${personId}::uuid FOR NO KEY UPDATE`;
  if (found.length === 0) throw new AppError("not_found", "not_found");
}
