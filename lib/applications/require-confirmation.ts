import "server-only";

import type { Transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors/app-error";

/**
 * Compares what somebody typed with the name of the application, which the caller has locked: what is confirmed is what
 * they read. Throws AppError `confirmation_differs`, and `not_found`.
 */
export async function requireConfirmation(tx: Transaction, applicationId: string, typed: string): Promise<void> {
  const application = await tx.application.findUnique({ where: { id: applicationId }, select: { name: true } });
  if (application === null) throw new AppError("not_found", "not_found");
  if (application.name === typed) return;
  throw new AppError("invalid", "confirmation_differs", { fieldErrors: { confirmation: "confirmation_differs" } });
}
