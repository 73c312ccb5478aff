import "server-only";

import type { VisitorActor } from "@/lib/audit/actor";
import { created } from "@/lib/audit/changes";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import type { VerbContext } from "@/lib/audit/verb-context";
import { inTransaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors/app-error";
import { lockStaffMemberOnly } from "@/lib/staff/lock-staff-member";
import { GENERATED_PASSWORD_HOURS } from "@/lib/staff/password-policy";
import type { SignedIn, VerifiedMember } from "@/lib/staff/sessions/staff-session.types";
import { startStaffSession } from "@/lib/staff/sessions/start-staff-session";
import { parseStaffEmail } from "@/lib/staff/staff-email";
import { HOUR_MS } from "@/lib/time";
import { createPendingSignIn, type PendingSignIn } from "./pending/pending-sign-in";
import type { SignInThrottle } from "./sign-in-throttle";
import { countUnknownName } from "./unknown-names";
import { verifyStaffPassword } from "./verify-staff-password";

export type SignInInput = { email: string; password: string };

/** A browser in which a member has signed in before. */
export type KnownDevice = { email: string; deviceId: string };

/** What a right password leads to: a session, or the question for the second factor. */
export type PasswordAnswer = { signedIn: SignedIn } | { pending: PendingSignIn };

/**
 * Proves who somebody is by e-mail and password and starts a session for them. Whoever has a second factor gets no
 * session yet but a pending sign-in, which `finishSignIn` ends. `replacedSessionId` is the session their browser had
 * until now: it ends with the new one, whoever it belonged to. `device` is whose browser it is known as: where that is
 * whom they sign in as, wrong passwords count for the browser and not for its network.
 *
 * Throws AppError `unauthenticated` / `sign_in_failed`, the same for an unknown name, a wrong password, an inactive
 * member and a malformed address, `generated_password_expired` for the right password of the first start after 72 hours,
 * and AppError `unavailable` / `sign_in_throttled` or `sign_in_busy`.
 */
export async function authenticateStaff(
  ctx: VerbContext<VisitorActor>,
  input: SignInInput & { replacedSessionId?: string | undefined; device?: KnownDevice | undefined },
  { throttle }: { throttle: SignInThrottle },
): Promise<PasswordAnswer> {
  const email = parseStaffEmail(input.email);
  const { device } = input;
  const isKnown = device !== undefined && device.email === email;
  // What is no address shares one counter: it cannot be anybody's.
  const who = isKnown ? { deviceId: device.deviceId } : { email: email ?? "", address: ctx.actor.ip };
  const member = await throttle.attempt(who, () => verifyOrRecord(ctx, email, input.password));
  if (member === undefined) throw new AppError("unauthenticated", "sign_in_failed");
  const { replacedSessionId } = input;
  return inTransaction(async (tx) => {
    await lockStaffMemberOnly(tx, member.id);
    const now = ctx.now();
    // Decided after the wait: what was added meanwhile is asked for.
    const { hasSecondFactor } = await tx.staffMember.findUniqueOrThrow({
      where: { id: member.id },
      select: { hasSecondFactor: true },
    });
    if (hasSecondFactor) {
      return { pending: await createPendingSignIn(tx, member, { now, deviceId: isKnown ? device.deviceId : null }) };
    }
    return { signedIn: await startStaffSession(tx, ctx.actor, member, { now, replacedSessionId }) };
  });
}

async function verifyOrRecord(
  { actor, now }: VerbContext<VisitorActor>,
  email: string | undefined,
  password: string,
): Promise<VerifiedMember | undefined> {
  const check = await verifyStaffPassword(email, password);
  if (check.isVerified) {
    const { generatedAt } = check;
    const isOver =
      generatedAt !== null && now().getTime() - generatedAt.getTime() >= GENERATED_PASSWORD_HOURS * HOUR_MS;
    // Said to nobody but who has the password: it opens nothing any more.
    if (isOver) throw new AppError("unauthenticated", "generated_password_expired");
    return check.member;
  }
  const { memberId: targetId } = check;
  const failures = targetId === null ? countUnknownName(now()) : 1;
  if (failures === undefined) return undefined;
  const changes = targetId === null ? created({ failures }) : {};
  await inTransaction((tx) => recordAuditEvent(tx, actor, { action: "staff.sign_in_failed", targetId, changes }));
  return undefined;
}
