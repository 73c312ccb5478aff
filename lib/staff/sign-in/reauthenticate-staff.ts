import "server-only";

import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { inTransaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors/app-error";
import { clientAddressKey } from "@/lib/http/client-address-key";
import { lockStaffMemberOnly } from "@/lib/staff/lock-staff-member";
import { createStaffSession } from "@/lib/staff/sessions/create-staff-session";
import type { SessionContext } from "@/lib/staff/sessions/staff-session.types";
import type { SignedIn } from "./authenticate-staff";
import type { SignInThrottle } from "./sign-in-throttle";
import { type VerifiedMember, verifyStaffPassword } from "./verify-staff-password";

/**
 * Lets somebody who is signed in prove once more that it is they, by their password. A new session takes the place of
 * the old one, so that a copy of its cookie does not become fresh with it (ASVS 5.0 section 7.2.4).
 *
 * Throws AppError `unauthenticated` / `reauthentication_failed` for a wrong password or none, `session_ended` when the
 * session ended meanwhile, and `unavailable` / `sign_in_throttled` or `sign_in_busy`: wrong passwords count together with
 * those of the sign-in form.
 */
export async function reauthenticateStaff(
  ctx: SessionContext,
  password: string,
  { throttle }: { throttle: SignInThrottle },
): Promise<SignedIn> {
  const who = { email: ctx.session.staff.email, network: clientAddressKey(ctx.actor.ip) };
  const member = await throttle.attempt(who, () => verifyOrRecord(ctx, password));
  if (member === undefined) throw new AppError("unauthenticated", "reauthentication_failed");
  return replaceSession(ctx, member);
}

async function verifyOrRecord(
  { actor, session: { staff } }: SessionContext,
  password: string,
): Promise<VerifiedMember | undefined> {
  const check = await verifyStaffPassword(staff.email, password);
  if (check.isVerified && check.member.id === staff.id) return check.member;
  const event = { action: "staff.reauthentication_failed", targetId: staff.id } as const;
  await inTransaction((tx) => recordAuditEvent(tx, actor, event));
  return undefined;
}

function replaceSession({ actor, session, now }: SessionContext, member: VerifiedMember): Promise<SignedIn> {
  return inTransaction(async (tx) => {
    await lockStaffMemberOnly(tx, member.id);
    const at = now();
    const { count } = await tx.staffSession.updateMany({
      where: { id: session.sessionId, staffMemberId: member.id, endedAt: null },
      data: { endedAt: at },
    });
    if (count === 0) throw new AppError("unauthenticated", "session_ended");
    const sessionId = await createStaffSession(tx, member, { ip: actor.ip, now: at });
    await recordAuditEvent(tx, actor, { action: "staff.reauthenticated", targetId: member.id });
    return { staffId: member.id, sessionId };
  });
}
