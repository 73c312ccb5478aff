import "server-only";

import type { Transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors/app-error";

/**
 * Keeps other writers of the application waiting until the transaction ends, so that what is read next is what will be
 * changed: the audit log then tells the truth about "before". Throws AppError `not_found`.
 */
export async function lockApplication(tx: Pick<Transaction, "$queryRaw">, applicationId: string): Promise<void> {
  const found = await tx.$queryRaw<unknown[]>`SELECT id FROM applications WHERE id = ${applicationId}::uuid FOR UPDATE`;
  if (found.length === 0) throw new AppError("not_found", "not_found");
}
