import "server-only";

import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { database, inTransaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors/app-error";
import { lockStaffMemberOnly } from "@/lib/staff/lock-staff-member";
import { checkProof, spendProof } from "@/lib/staff/second-factor/check-proof";
import type { PasskeyAnswer } from "@/lib/staff/second-factor/passkeys/passkey.schema";
import type { SessionContext, SignedIn, VerifiedMember } from "@/lib/staff/sessions/staff-session.types";
import { replaceStaffSession } from "@/lib/staff/sessions/start-staff-session";
import type { SignInThrottle } from "./sign-in-throttle";
import { verifyStaffPassword } from "./verify-staff-password";

/** The password, with a code where the member has a second factor; or a passkey alone, which is asked of a session. */
export type IdentityProof = { password: string; code?: string | undefined } | { passkey: PasskeyAnswer };

/**
 * Lets somebody who is signed in prove once more that it is they: by their password, which is not enough for whoever has a
 * second factor, or by a passkey. A new session takes the place of the old one.
 *
 * Throws AppError `unauthenticated` / `reauthentication_failed` for a wrong proof or none, `session_ended` when the
 * session ended meanwhile, and `unavailable` / `sign_in_throttled` or `sign_in_busy`: wrong ones count for the session, so
 * that whoever shares its address cannot keep its owner from what an emergency needs.
 */
export async function reauthenticateStaff(
  ctx: SessionContext,
  proof: IdentityProof,
  { throttle }: { throttle: SignInThrottle },
): Promise<SignedIn> {
  const { actor, session, now } = ctx;
  const { sessionId, staff } = session;
  const signedIn = await throttle.attempt({ sessionId }, async () => {
    const isPasskey = "passkey" in proof;
    // Argon2 and signatures before the lock; what they come to is decided under it.
    const member = isPasskey ? await findOwnMember(ctx) : await checkOwnPassword(ctx, proof.password);
    const question = { purpose: "confirmation", sessionId } as const;
    const shown = isPasskey ? proof : { code: proof.code ?? "" };
    const ready = await checkProof(ctx, { staffMemberId: staff.id, proof: shown, question });
    return inTransaction(async (tx) => {
      await lockStaffMemberOnly(tx, staff.id);
      const { hasSecondFactor } = await tx.staffMember.findUniqueOrThrow({
        where: { id: staff.id },
        select: { hasSecondFactor: true },
      });
      const at = now();
      const isAsked = isPasskey || hasSecondFactor;
      const factor =
        member !== undefined && isAsked
          ? await spendProof(tx, { staffMemberId: staff.id, ready, now: at, config: ctx.config })
          : undefined;
      if (member === undefined || (isAsked && factor === undefined)) {
        await recordAuditEvent(tx, actor, { action: "staff.reauthentication_failed", targetId: staff.id });
        return undefined;
      }
      return replaceStaffSession(tx, ctx, member, { now: at, factor });
    });
  });
  if (signedIn === undefined) throw new AppError("unauthenticated", "reauthentication_failed");
  return signedIn;
}

/** Checks the password of whoever asks; undefined, and an audit event, when it is another. Throws what the throttle throws. */
export function verifyOwnPassword(
  ctx: SessionContext,
  password: string,
  { throttle }: { throttle: SignInThrottle },
): Promise<VerifiedMember | undefined> {
  const { actor, session } = ctx;
  return throttle.attempt({ sessionId: session.sessionId }, async () => {
    const member = await checkOwnPassword(ctx, password);
    if (member !== undefined) return member;
    const event = { action: "staff.reauthentication_failed", targetId: session.staff.id } as const;
    await inTransaction((tx) => recordAuditEvent(tx, actor, event));
    return undefined;
  });
}

async function checkOwnPassword(
  { session: { staff } }: SessionContext,
  password: string,
): Promise<VerifiedMember | undefined> {
  const check = await verifyStaffPassword(staff.email, password);
  return check.isVerified && check.member.id === staff.id ? check.member : undefined;
}

async function findOwnMember({ session: { staff } }: SessionContext): Promise<VerifiedMember | undefined> {
  const member = await database().staffMember.findUnique({
    where: { id: staff.id, isActive: true },
    select: { id: true, role: true, sessionVersion: true },
  });
  return member ?? undefined;
}
