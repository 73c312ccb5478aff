import "server-only";

import type { SystemActor } from "@/lib/audit/actor";
import { changed, created } from "@/lib/audit/changes";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import type { VerbContext } from "@/lib/audit/verb-context";
import { inTransaction, type Transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors/app-error";
import { type LockedMember, lockStaffMember } from "@/lib/staff/lock-staff-member";
import { clearSecondFactors } from "@/lib/staff/second-factor/reset-second-factors";
import type { IssuedStaffLink } from "@/lib/staff/staff.types";
import { parseStaffEmail } from "@/lib/staff/staff-email";
import { createStaffLink, RENEWALS } from "./create-staff-link";

/**
 * Lets somebody in as an administrator where nobody is left who could: for whoever runs the server, never for the
 * portal. A member becomes an active administrator, without second factors, and chooses another password by the link;
 * anybody else is invited.
 * What is changed on the way is in the audit log, done by the portal itself.
 *
 * Throws AppError `invalid` / `email_invalid`, and `conflict` / `password_not_used` for who signs in with the
 * organisation, which decides about them.
 */
export async function recoverAdministrator(ctx: VerbContext<SystemActor>, address: string): Promise<IssuedStaffLink> {
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
    if (invited === undefined) {
      await makeActiveAdministrator(tx, ctx.actor, member);
      // Whoever has lost the way in may have lost these as well.
      await clearSecondFactors(tx, ctx, staffId);
    }
    const kind = member.joinedAt === null ? "invitation" : "password_reset";
    const link = await createStaffLink(tx, ctx, { staffId, kind, email, createdById: null });
    await recordAuditEvent(tx, ctx.actor, {
      action: invited !== undefined ? "staff.invited" : RENEWALS[kind],
      targetId: staffId,
      changes: created({ expiresAt: link.expiresAt }),
    });
    return link;
  });
}

async function makeActiveAdministrator(
  tx: Transaction,
  actor: SystemActor,
  { id, role, isActive, joinedAt }: LockedMember,
): Promise<void> {
  // Who has not come yet is let in by using the invitation.
  const isShutOut = joinedAt !== null && !isActive;
  await tx.staffMember.update({
    where: { id },
    data: { role: "administrator", ...(isShutOut ? { isActive: true } : {}) },
    select: { id: true },
  });
  if (role !== "administrator") {
    const changes = changed({ role }, { role: "administrator" });
    await recordAuditEvent(tx, actor, { action: "staff.role_changed", targetId: id, changes });
  }
  if (isShutOut) {
    const changes = changed({ isActive }, { isActive: true });
    await recordAuditEvent(tx, actor, { action: "staff.activated", targetId: id, changes });
  }
}
