import "server-only";

import type { VisitorActor } from "@/lib/audit/actor";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import type { VerbContext } from "@/lib/audit/verb-context";
import { database, inTransaction, type Transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors/app-error";
import { hashToken } from "@/lib/secrets/one-time-token";
import { lockStaffMemberOnly } from "@/lib/staff/lock-staff-member";
import { requireAllowedPassword } from "@/lib/staff/password-policy";
import { endAllSessions } from "@/lib/staff/sessions/end-all-sessions";
import type { Join, ResetPassword } from "@/lib/staff/staff.schema";
import type { StaffLinkKind } from "@/lib/staff/staff.types";
import type { Clock } from "@/lib/time";

type Claimed = { id: string; email: string; role: "viewer" | "manager" | "administrator"; isActive: boolean };

/**
 * Takes an invitation up: the account gets its name and password and can be signed in to. Any number of tries at once
 * are one success. Throws AppError `not_found` / `link_invalid` for a link that is unknown, used, revoked or expired,
 * and `invalid` for a password that may not be chosen, which does not use the link up.
 */
export async function joinStaff(
  { actor, now, config: { publicUrl } }: VerbContext<VisitorActor>,
  input: Join,
): Promise<{ email: string }> {
  const { email } = await findUsableLink(database(), "invitation", input.token, now());
  requireAllowedPassword("password", input.password, { email, name: input.name, publicUrl });
  const passwordHash = await database().hashSecret(input.password);
  return inTransaction(async (tx) => {
    const member = await claimLink(tx, "invitation", input.token, now);
    await tx.staffMember.update({
      where: { id: member.id },
      data: { name: input.name, passwordHash, isActive: true, joinedAt: now() },
      select: { id: true },
    });
    await record(tx, "staff.joined", member, actor);
    return { email: member.email };
  });
}

/** Sets another password with a link and ends every session of the member. Throws what `joinStaff` throws. */
export async function resetPassword(
  { actor, now, config: { publicUrl } }: VerbContext<VisitorActor>,
  input: ResetPassword,
): Promise<{ email: string }> {
  const owner = await findUsableLink(database(), "password_reset", input.token, now());
  requireAllowedPassword("password", input.password, { ...owner, publicUrl });
  const passwordHash = await database().hashSecret(input.password);
  return inTransaction(async (tx) => {
    const member = await claimLink(tx, "password_reset", input.token, now);
    if (!member.isActive) throw new AppError("not_found", "link_invalid");
    await tx.staffMember.update({
      where: { id: member.id },
      data: { passwordHash, mustChangePassword: false },
      select: { id: true },
    });
    await endAllSessions(tx, member.id, now());
    await record(tx, "staff.password_reset", member, actor);
    return { email: member.email };
  });
}

const usable = (kind: StaffLinkKind, token: string, now: Date) =>
  ({ tokenHash: hashToken(token), kind, usedAt: null, revokedAt: null, expiresAt: { gt: now } }) as const;

/** Returns whose link it is. A token that nobody was given ends here, before a password is hashed for it. */
async function findUsableLink(
  reader: Pick<Transaction, "staffLink">,
  kind: StaffLinkKind,
  token: string,
  now: Date,
): Promise<{ staffMemberId: string; email: string; name: string }> {
  const link = await reader.staffLink.findUnique({
    where: usable(kind, token, now),
    select: { staffMemberId: true, staffMember: { select: { email: true, name: true } } },
  });
  if (link === null) throw new AppError("not_found", "link_invalid");
  return { staffMemberId: link.staffMemberId, ...link.staffMember };
}

/** Marks the link as used, if it still works: of several that try at once the database lets one through. */
async function claimLink(tx: Transaction, kind: StaffLinkKind, token: string, now: Clock): Promise<Claimed> {
  const { staffMemberId } = await findUsableLink(tx, kind, token, now());
  await lockStaffMemberOnly(tx, staffMemberId);
  // Decided after the wait, by what the others left.
  const at = now();
  const [link] = await tx.staffLink.updateManyAndReturn({
    where: usable(kind, token, at),
    data: { usedAt: at },
    select: { staffMember: { select: { id: true, email: true, role: true, isActive: true } } },
  });
  if (link === undefined) throw new AppError("not_found", "link_invalid");
  return link.staffMember;
}

/** Holding the link is the proof: the member acts. */
function record(
  tx: Transaction,
  action: "staff.joined" | "staff.password_reset",
  { id, role }: Claimed,
  visitor: VisitorActor,
): Promise<void> {
  const actor = { ...visitor, kind: "staff", id, role } as const;
  return recordAuditEvent(tx, actor, { action, targetId: id });
}
