import "server-only";

import { created } from "@/lib/audit/changes";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import type { VerbContext } from "@/lib/audit/verb-context";
import { inTransaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors/app-error";
import { lockStaffMember } from "@/lib/staff/lock-staff-member";
import type { IssuedStaffLink } from "@/lib/staff/staff.types";
import { createStaffLink, RENEWALS } from "./create-staff-link";

/**
 * Makes a new link for a member: an invitation as long as they have not come, a way to set another password afterwards.
 * The link before stops working; the password stays until the new link is used. Throws AppError `not_found`, and
 * `conflict` with `member_inactive` or, for who signs in elsewhere, `password_not_used`.
 */
export async function issueStaffLink(ctx: VerbContext, staffId: string): Promise<IssuedStaffLink> {
  return inTransaction(async (tx) => {
    const { email, isActive, joinedAt, isExternal } = await lockStaffMember(tx, staffId);
    if (isExternal) throw new AppError("conflict", "password_not_used");
    if (joinedAt !== null && !isActive) throw new AppError("conflict", "member_inactive");
    const kind = joinedAt === null ? "invitation" : "password_reset";
    const link = await createStaffLink(tx, ctx, { staffId, kind, email, createdById: ctx.actor.id });
    await recordAuditEvent(tx, ctx.actor, {
      action: RENEWALS[kind],
      targetId: staffId,
      changes: created({ expiresAt: link.expiresAt }),
    });
    return link;
  });
}
