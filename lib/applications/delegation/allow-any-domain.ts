import "server-only";

import { lockApplication } from "@/lib/applications/lock-application";
import { requireConfirmation } from "@/lib/applications/require-confirmation";
import type { StaffActor } from "@/lib/audit/actor";
import { inTransaction } from "@/lib/db/client";
import type { AllowAnyDomain } from "./delegation.schema";
import { replaceDomains } from "./replace-domains";

/**
 * Takes every domain away, so that the application may act at any. `confirmation` is its name, typed. Throws AppError
 * `confirmation_differs` and `not_found`.
 */
export async function allowAnyDomain(
  { applicationId, confirmation }: AllowAnyDomain,
  actor: StaffActor,
): Promise<void> {
  await inTransaction(async (tx) => {
    await lockApplication(tx, applicationId);
    await requireConfirmation(tx, applicationId, confirmation);
    await replaceDomains(tx, applicationId, [], actor);
  });
}
