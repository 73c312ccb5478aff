import "server-only";

import type { StaffActor } from "@/lib/audit/actor";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { inTransaction } from "@/lib/db/client";
import { lockPerson } from "./lock-person";
import type { SetPersonStatus } from "./person.schema";

/**
 * Switches a person off or on. Off, no application may act for them, and their tokens end for good: being switched on
 * again does not revive one. Asking for the state they are in already changes nothing and leaves no audit event. Throws
 * AppError `not_found`.
 */
export async function setPersonStatus(
  { personId, isActive }: SetPersonStatus,
  actor: StaffActor,
  now: () => Date = () => new Date(),
): Promise<void> {
  await inTransaction(async (tx) => {
    await lockPerson(tx, personId);
    const tokensRevokedAt = now();
    const { count } = await tx.person.updateMany({
      where: { id: personId, isActive: !isActive },
      data: isActive ? { isActive } : { isActive, tokensRevokedAt },
    });
    if (count === 0) return;
    const target = { targetKind: "person", targetId: personId } as const;
    const change = { before: !isActive, after: isActive };
    if (isActive) {
      await recordAuditEvent(tx, actor, { action: "person.activated", ...target, changes: { isActive: change } });
      return;
    }
    const ended = { before: null, after: tokensRevokedAt.toISOString() };
    await recordAuditEvent(tx, actor, {
      action: "person.deactivated",
      ...target,
      changes: { isActive: change, tokensRevokedAt: ended },
    });
  });
}
