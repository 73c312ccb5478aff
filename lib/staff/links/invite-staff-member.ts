import "server-only";

import { created } from "@/lib/audit/changes";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import type { VerbContext } from "@/lib/audit/verb-context";
import { inTransaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors/app-error";
import type { InviteStaff } from "@/lib/staff/staff.schema";
import type { IssuedStaffLink } from "@/lib/staff/staff.types";
import { parseStaffEmail } from "@/lib/staff/staff-email";
import { createStaffLink } from "./create-staff-link";

/**
 * Makes an account that nobody can sign in to yet, and the link with which its owner sets a name and a password within
 * 72 hours. Until then their name is their e-mail. Throws AppError `invalid` / `email_invalid` and `conflict` /
 * `email_taken`.
 */
export async function inviteStaffMember(ctx: VerbContext, input: InviteStaff): Promise<IssuedStaffLink> {
  const email = parseStaffEmail(input.email);
  if (email === undefined) throw new AppError("invalid", "invalid", { fieldErrors: { email: "email_invalid" } });
  return inTransaction(async (tx) => {
    const [member] = await tx.staffMember.createManyAndReturn({
      data: [{ email, name: email, role: input.role, isActive: false, joinedAt: null }],
      select: { id: true },
      skipDuplicates: true,
    });
    if (member === undefined) throw new AppError("conflict", "invalid", { fieldErrors: { email: "email_taken" } });
    const about = { staffId: member.id, kind: "invitation", email, createdById: ctx.actor.id } as const;
    const link = await createStaffLink(tx, ctx, about);
    await recordAuditEvent(tx, ctx.actor, {
      action: "staff.invited",
      targetId: member.id,
      changes: created({ role: input.role, expiresAt: link.expiresAt }),
    });
    return link;
  });
}
