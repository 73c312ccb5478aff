import "server-only";

import type { VerbContext } from "@/lib/audit/verb-context";
import { inTransaction } from "@/lib/db/client";
import { hashToken } from "@/lib/secrets/one-time-token";

/**
 * Notes that the provider's answer to `state` was taken, and tells whether it was the first time. `expiresAt` is when
 * the state stops working anyway; notes about states that have are swept out on the way.
 */
export function takeOrganisationAnswer(
  { now }: Pick<VerbContext, "now">,
  { state, expiresAt }: { state: string; expiresAt: Date },
): Promise<boolean> {
  return inTransaction(async (tx) => {
    await tx.organisationSignIn.deleteMany({ where: { expiresAt: { lt: now() } } });
    const { count } = await tx.organisationSignIn.createMany({
      data: [{ stateHash: hashToken(state), expiresAt }],
      skipDuplicates: true,
    });
    return count === 1;
  });
}
