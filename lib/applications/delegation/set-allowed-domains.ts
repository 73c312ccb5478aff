import "server-only";

import { lockApplication } from "@/lib/applications/lock-application";
import type { VerbContext } from "@/lib/audit/verb-context";
import { inTransaction } from "@/lib/db/client";
import type { SetAllowedDomains } from "./delegation.schema";
import { replaceDomains } from "./replace-domains";

/**
 * Limits an application to domains, of which there is at least one: an empty list means anyone, and that is a verb of
 * its own. Tokens for people of other domains stop with their next request. Throws AppError `not_found`.
 */
export async function setAllowedDomains(ctx: VerbContext, input: SetAllowedDomains): Promise<void> {
  await inTransaction(async (tx) => {
    await lockApplication(tx, input.applicationId);
    await replaceDomains(tx, ctx, input);
  });
}
