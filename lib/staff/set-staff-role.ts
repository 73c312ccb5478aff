import "server-only";

import { changed } from "@/lib/audit/changes";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import type { VerbContext } from "@/lib/audit/verb-context";
import { inTransaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors/app-error";
import { lockStaffMember, refuseOwnAccount } from "./lock-staff-member";
import type { SetStaffRole } from "./staff.schema";

/**
 * Gives a member another role, which counts from their next request. The role they have already changes nothing and
 * leaves no audit event. Throws AppError `not_found`, and `conflict` with `own_account`, `last_administrator` or, when
 * an identity provider decides about it, `role_is_external`.
 */
export async function setStaffRole({ actor }: VerbContext, { staffId, role }: SetStaffRole): Promise<void> {
  refuseOwnAccount(staffId, actor);
  await inTransaction(async (tx) => {
    const member = await lockStaffMember(tx, staffId);
    if (member.role === role) return;
    if (member.isExternal) throw new AppError("conflict", "role_is_external");
    if (member.isLastAdministrator) throw new AppError("conflict", "last_administrator");
    await tx.staffMember.update({ where: { id: staffId }, data: { role }, select: { id: true } });
    await recordAuditEvent(tx, actor, {
      action: "staff.role_changed",
      targetId: staffId,
      changes: changed(member, { role }),
    });
  });
}
