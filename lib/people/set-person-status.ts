import "server-only";

import { changed, created } from "@/lib/audit/changes";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import type { VerbContext } from "@/lib/audit/verb-context";
import { inTransaction } from "@/lib/db/client";
import { tokenCutoff } from "@/lib/oauth/access-token/token-cutoff";
import { lockPerson } from "./lock-person";
import type { SetPersonStatus } from "./person.schema";

/**
 * Deactivates or activates a person. Deactivated, no application may act for them, and their tokens are revoked for
 * good: activating them does not revive one. Asking for the state they are in already changes nothing and leaves no
 * audit event. Throws AppError `not_found`.
 */
export async function setPersonStatus(
  { actor, now }: VerbContext,
  { personId, isActive }: SetPersonStatus,
): Promise<void> {
  await inTransaction(async (tx) => {
    await lockPerson(tx, personId);
    const revocation = isActive ? {} : { tokensRevokedAt: tokenCutoff(now()) };
    const { count } = await tx.person.updateMany({
      where: { id: personId, isActive: !isActive },
      data: { isActive, ...revocation },
    });
    if (count === 0) return;
    await recordAuditEvent(tx, actor, {
      action: isActive ? "person.activated" : "person.deactivated",
      targetId: personId,
      changes: { ...changed({ isActive: !isActive }, { isActive }), ...created(revocation) },
    });
  });
}
