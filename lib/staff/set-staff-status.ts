import "server-only";

import { changed } from "@/lib/audit/changes";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import type { VerbContext } from "@/lib/audit/verb-context";
import { inTransaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors/app-error";
import { revokeStaffLinks } from "./links/create-staff-link";
import { lockStaffMember, refuseOwnAccount } from "./lock-staff-member";
import { endAllSessions } from "./sessions/end-all-sessions";
import type { SetStaffStatus } from "./staff.schema";

/**
 * Lets a member in no longer, or again. Their sessions end and their links are revoked at once, and being let in again
 * revives none of them. The state they are in already changes nothing and leaves no audit event. Throws AppError
 * `not_found`, and `conflict` with `own_account`, `not_joined` or `last_administrator`.
 */
export async function setStaffStatus(
  { actor, now }: VerbContext,
  { staffId, isActive }: SetStaffStatus,
): Promise<void> {
  refuseOwnAccount(staffId, actor);
  await inTransaction(async (tx) => {
    const member = await lockStaffMember(tx, staffId);
    if (member.joinedAt === null) throw new AppError("conflict", "not_joined");
    if (member.isActive === isActive) return;
    if (member.isLastAdministrator) throw new AppError("conflict", "last_administrator");
    await tx.staffMember.update({ where: { id: staffId }, data: { isActive }, select: { id: true } });
    if (!isActive) {
      const at = now();
      await endAllSessions(tx, staffId, at);
      await revokeStaffLinks(tx, staffId, at);
    }
    await recordAuditEvent(tx, actor, {
      action: isActive ? "staff.activated" : "staff.deactivated",
      targetId: staffId,
      changes: changed(member, { isActive }),
    });
  });
}
