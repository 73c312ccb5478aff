import "server-only";

import { lockApplication, requireTypedName } from "@/lib/applications/lock-application";
import type { VerbContext } from "@/lib/audit/verb-context";
import { inTransaction } from "@/lib/db/client";
import type { AllowAnyDomain } from "./delegation.schema";
import { replaceDomains } from "./replace-domains";

/**
 * Takes every domain away, so that the application may act at any. `confirmation` is its name, typed. Throws AppError
 * `invalid` when another name was typed, `not_found`.
 */
export async function allowAnyDomain(ctx: VerbContext, { applicationId, confirmation }: AllowAnyDomain): Promise<void> {
  await inTransaction(async (tx) => {
    const { name } = await lockApplication(tx, applicationId);
    requireTypedName(name, confirmation);
    await replaceDomains(tx, ctx, { applicationId, domains: [] });
  });
}
