import "server-only";

import { changed, created } from "@/lib/audit/changes";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import type { VerbContext } from "@/lib/audit/verb-context";
import { inTransaction } from "@/lib/db/client";
import { tokenCutoff } from "@/lib/oauth/access-token/token-cutoff";
import { lockPerson } from "./lock-person";
import type { SetPersonDelegation } from "./person.schema";

/**
 * Turns delegation for a person on or off. Off, existing tokens are revoked for good. Asking for what holds already
 * changes nothing and leaves no audit event. Throws AppError `not_found`.
 */
export async function setPersonDelegation(
  { actor, now }: VerbContext,
  { personId, isDelegationAllowed }: SetPersonDelegation,
): Promise<void> {
  await inTransaction(async (tx) => {
    await lockPerson(tx, personId);
    const revocation = isDelegationAllowed ? {} : { tokensRevokedAt: tokenCutoff(now()) };
    const { count } = await tx.person.updateMany({
      where: { id: personId, isDelegationAllowed: !isDelegationAllowed },
      data: { isDelegationAllowed, ...revocation },
    });
    if (count === 0) return;
    await recordAuditEvent(tx, actor, {
      action: isDelegationAllowed ? "person.delegation_allowed" : "person.delegation_refused",
      targetId: personId,
      changes: {
        ...changed({ isDelegationAllowed: !isDelegationAllowed }, { isDelegationAllowed }),
        ...created(revocation),
      },
    });
  });
}
