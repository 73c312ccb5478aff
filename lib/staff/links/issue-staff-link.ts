import "server-only";

import { created } from "@/lib/audit/changes";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import type { VerbContext } from "@/lib/audit/verb-context";
import { inTransaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors/app-error";
import { lockStaffMember } from "@/lib/staff/lock-staff-member";
import type { IssuedStaffLink } from "@/lib/staff/staff.types";
import { createStaffLink } from "./create-staff-link";
import { toLinkUrl } from "./to-link-url";

/**
 * Makes a new link for a member: an invitation as long as they have not come, a way to set another password afterwards.
 * The link before stops working; the password stays until the new link is used. Throws AppError `not_found`, and
 * `conflict` with `member_inactive` or, for who signs in elsewhere, `password_not_used`.
 */
export async function issueStaffLink({ actor, now, config }: VerbContext, staffId: string): Promise<IssuedStaffLink> {
  return inTransaction(async (tx) => {
    const { email, isActive, joinedAt, isExternal } = await lockStaffMember(tx, staffId);
    if (isExternal) throw new AppError("conflict", "password_not_used");
    if (joinedAt !== null && !isActive) throw new AppError("conflict", "member_inactive");
    const kind = joinedAt === null ? "invitation" : "password_reset";
    const link = { staffMemberId: staffId, kind, createdById: actor.id } as const;
    const { token, expiresAt } = await createStaffLink(tx, link, now());
    await recordAuditEvent(tx, actor, {
      action: kind === "invitation" ? "staff.invitation_renewed" : "staff.password_reset_offered",
      targetId: staffId,
      changes: created({ expiresAt }),
    });
    return { staffId, kind, email, url: toLinkUrl(kind, token, config), expiresAt };
  });
}
