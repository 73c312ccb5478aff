import "server-only";

import type { Transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors/app-error";

/**
 * Keeps other writers of the application waiting until the transaction ends, so that what is read next is what will be
 * changed: the audit log then tells the truth about "before". Its own traffic goes on: rows that only refer to it are
 * stored meanwhile. Returns its name. Throws AppError `not_found`.
 */
export async function lockApplication(
  tx: Pick<Transaction, "$queryRaw">,
  applicationId: string,
): Promise<{ name: string }> {
  const [found] = await tx.$queryRaw<{ name: string }[]>`
    SELECT name FROM applications WHERE id = ${applicationId}::uuid AND deleted_at IS NULL FOR NO KEY UPDATE`;
  if (found === undefined) throw new AppError("not_found", "not_found");
  return found;
}

/**
 * Keeps everybody else waiting who would write to the application or refer to it: what is counted next is what will be
 * deleted with it. Throws AppError `not_found`.
 */
export async function lockApplicationToDelete(
  tx: Pick<Transaction, "$queryRaw">,
  applicationId: string,
): Promise<void> {
  // The deletion needs this lock in any case; to take it later, after a weaker one, is how two transactions deadlock.
  const found = await tx.$queryRaw<unknown[]>`
    SELECT id FROM applications WHERE id = ${applicationId}::uuid AND deleted_at IS NULL FOR UPDATE`;
  if (found.length === 0) throw new AppError("not_found", "not_found");
}

/**
 * Holds back what cannot be taken back until somebody has typed the name of the application, which the caller has
 * locked: what is confirmed is what they read. Throws AppError `invalid`.
 */
export function requireTypedName(name: string, typed: string): void {
  if (typed === name) return;
  throw new AppError("invalid", "invalid", { fieldErrors: { confirmation: "application_name_differs" } });
}
