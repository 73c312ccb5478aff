import "server-only";

import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import type { VerbContext } from "@/lib/audit/verb-context";
import { inTransaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors/app-error";
import { lockStaffMember } from "@/lib/staff/lock-staff-member";

/**
 * Revokes an invitation: the account that nobody has used is deleted with its link, and the e-mail can be invited
 * again. Throws AppError `not_found` and `conflict` / `has_joined`.
 */
export async function revokeInvitation({ actor }: VerbContext, staffId: string): Promise<void> {
  await inTransaction(async (tx) => {
    const { joinedAt } = await lockStaffMember(tx, staffId, { isDeleted: true });
    if (joinedAt !== null) throw new AppError("conflict", "has_joined");
    await tx.staffMember.delete({ where: { id: staffId }, select: { id: true } });
    await recordAuditEvent(tx, actor, { action: "staff.invitation_revoked", targetId: staffId });
  });
}
