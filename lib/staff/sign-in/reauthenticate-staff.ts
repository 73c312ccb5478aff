import "server-only";

import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { inTransaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors/app-error";
import { lockStaffMemberOnly } from "@/lib/staff/lock-staff-member";
import type { SessionContext, SignedIn, VerifiedMember } from "@/lib/staff/sessions/staff-session.types";
import { replaceStaffSession } from "@/lib/staff/sessions/start-staff-session";
import type { SignInThrottle } from "./sign-in-throttle";
import { verifyStaffPassword } from "./verify-staff-password";

/**
 * Lets somebody who is signed in prove once more that it is they, by their password. A new session takes the place of
 * the old one.
 *
 * Throws AppError `unauthenticated` / `reauthentication_failed` for a wrong password or none, `session_ended` when the
 * session ended meanwhile, and `unavailable` / `sign_in_throttled` or `sign_in_busy`: wrong passwords count for the
 * session, so that whoever shares its address cannot keep its owner from what an emergency needs.
 */
export async function reauthenticateStaff(
  ctx: SessionContext,
  password: string,
  deps: { throttle: SignInThrottle },
): Promise<SignedIn> {
  const member = await verifyOwnPassword(ctx, password, deps);
  if (member === undefined) throw new AppError("unauthenticated", "reauthentication_failed");
  return inTransaction(async (tx) => {
    await lockStaffMemberOnly(tx, member.id);
    return replaceStaffSession(tx, ctx, member, { now: ctx.now() });
  });
}

/** Checks the password of whoever asks; undefined, and an audit event, when it is another. Throws what the throttle throws. */
export function verifyOwnPassword(
  { actor, session: { sessionId, staff } }: SessionContext,
  password: string,
  { throttle }: { throttle: SignInThrottle },
): Promise<VerifiedMember | undefined> {
  return throttle.attempt({ sessionId }, async () => {
    const check = await verifyStaffPassword(staff.email, password);
    if (check.isVerified && check.member.id === staff.id) return check.member;
    const event = { action: "staff.reauthentication_failed", targetId: staff.id } as const;
    await inTransaction((tx) => recordAuditEvent(tx, actor, event));
    return undefined;
  });
}
