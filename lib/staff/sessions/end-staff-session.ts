import "server-only";

import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import type { VerbContext } from "@/lib/audit/verb-context";
import { inTransaction } from "@/lib/db/client";

/**
 * Ends a session of the actor's own: a copy of its cookie is refused from here on. Repeating it changes nothing and
 * leaves no second audit event.
 */
export async function endStaffSession({ actor, now }: VerbContext, sessionId: string): Promise<void> {
  await inTransaction(async (tx) => {
    const { count } = await tx.staffSession.updateMany({
      where: { id: sessionId, staffMemberId: actor.id, endedAt: null },
      data: { endedAt: now() },
    });
    if (count === 0) return;
    await recordAuditEvent(tx, actor, { action: "staff.signed_out", targetId: actor.id });
  });
}
