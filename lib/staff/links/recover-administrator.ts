import "server-only";

import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { inTransaction, type Transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors/app-error";
import { type LockedMember, lockStaffMember } from "@/lib/staff/lock-staff-member";
import type { IssuedStaffLink } from "@/lib/staff/staff.types";
import { parseStaffEmail } from "@/lib/staff/staff-email";
import { createStaffLink } from "./create-staff-link";
import { toLinkUrl } from "./to-link-url";

/** Whoever runs the server is nobody in the portal, and no request brought them. */
const OPERATOR = { kind: "system", ip: null, requestId: null } as const;

/**
 * Lets somebody in as an administrator where nobody is left who could: for whoever runs the server, never for the portal.
 * A member becomes an active administrator and chooses another password by the link; anybody else is invited. What is
 * changed on the way is in the audit log, done by the portal itself.
 *
 * Throws AppError `invalid` / `email_invalid`, and `conflict` / `password_not_used` for who signs in with the organisation,
 * which decides about them.
 */
export async function recoverAdministrator(
  address: string,
  deps: { now: Date; publicUrl: string },
): Promise<IssuedStaffLink> {
  const email = parseStaffEmail(address);
  if (email === undefined) throw new AppError("invalid", "invalid", { fieldErrors: { email: "email_invalid" } });
  return inTransaction(async (tx) => {
    const [invited] = await tx.staffMember.createManyAndReturn({
      data: [{ email, name: email, role: "administrator", isActive: false, joinedAt: null }],
      select: { id: true },
      skipDuplicates: true,
    });
    const staffId =
      invited?.id ?? (await tx.staffMember.findUniqueOrThrow({ where: { email }, select: { id: true } })).id;
    const member = await lockStaffMember(tx, staffId);
    if (member.isExternal) throw new AppError("conflict", "password_not_used");
    if (invited === undefined) await makeActiveAdministrator(tx, member);
    const kind = member.joinedAt === null ? "invitation" : "password_reset";
    const { token, expiresAt } = await createStaffLink(
      tx,
      { staffMemberId: staffId, kind, createdById: null },
      deps.now,
    );
    await recordAuditEvent(tx, OPERATOR, {
      action: invited !== undefined ? "staff.invited" : LINK_ACTIONS[kind],
      targetKind: "staff_member",
      targetId: staffId,
      changes: { expiresAt: { before: null, after: expiresAt.toISOString() } },
    });
    return { staffId, kind, email, url: toLinkUrl(kind, token, deps), expiresAt };
  });
}

const LINK_ACTIONS = {
  invitation: "staff.invitation_renewed",
  password_reset: "staff.password_reset_offered",
} as const;

async function makeActiveAdministrator(tx: Transaction, { id, role, isActive, joinedAt }: LockedMember): Promise<void> {
  // Who has not come yet is let in by using the invitation.
  const isShutOut = joinedAt !== null && !isActive;
  await tx.staffMember.update({
    where: { id },
    data: { role: "administrator", ...(isShutOut ? { isActive: true } : {}) },
    select: { id: true },
  });
  const target = { targetKind: "staff_member", targetId: id } as const;
  if (role !== "administrator") {
    const changes = { role: { before: role, after: "administrator" } } as const;
    await recordAuditEvent(tx, OPERATOR, { action: "staff.role_changed", ...target, changes });
  }
  if (isShutOut) {
    const changes = { isActive: { before: false, after: true } } as const;
    await recordAuditEvent(tx, OPERATOR, { action: "staff.activated", ...target, changes });
  }
}
