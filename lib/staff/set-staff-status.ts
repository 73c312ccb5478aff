import "server-only";

import type { StaffActor } from "@/lib/audit/actor";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { inTransaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors/app-error";
import { endStaffLinks } from "./links/create-staff-link";
import { lockStaffMember, refuseOwnAccount } from "./lock-staff-member";
import { endAllSessions } from "./sessions/end-all-sessions";
import type { SetStaffStatus } from "./staff.schema";

/**
 * Lets a member in no longer, or again. Their sessions and links end at once, and being let in again revives none of
 * them. The state they are in already changes nothing and leaves no audit event. Throws AppError `not_found`, and
 * `conflict` with `own_account`, `not_joined` or `last_administrator`.
 */
export async function setStaffStatus(
  { staffId, isActive }: SetStaffStatus,
  actor: StaffActor,
  now: Date,
): Promise<void> {
  refuseOwnAccount(staffId, actor);
  await inTransaction(async (tx) => {
    const member = await lockStaffMember(tx, staffId);
    if (member.joinedAt === null) throw new AppError("conflict", "not_joined");
    if (member.isActive === isActive) return;
    if (member.isLastAdministrator) throw new AppError("conflict", "last_administrator");
    await tx.staffMember.update({ where: { id: staffId }, data: { isActive }, select: { id: true } });
    if (!isActive) {
      await endAllSessions(tx, staffId, now);
      await endStaffLinks(tx, staffId, now);
    }
    await recordAuditEvent(tx, actor, {
      action: isActive ? "staff.activated" : "staff.deactivated",
      targetKind: "staff_member",
      targetId: staffId,
      changes: { isActive: { before: !isActive, after: isActive } },
    });
  });
}
