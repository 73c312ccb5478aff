import "server-only";

import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { database, inTransaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors/app-error";
import { revokeStaffLinks } from "@/lib/staff/links/create-staff-link";
import { lockStaffMemberOnly } from "@/lib/staff/lock-staff-member";
import { requireAllowedPassword } from "@/lib/staff/password-policy";
import { createStaffSession } from "@/lib/staff/sessions/create-staff-session";
import { endAllSessions } from "@/lib/staff/sessions/end-all-sessions";
import type { SessionContext, SignedIn } from "@/lib/staff/sessions/staff-session.types";
import type { ChangePassword } from "@/lib/staff/staff.schema";
import { verifyOwnPassword } from "./reauthenticate-staff";
import type { SignInThrottle } from "./sign-in-throttle";

/**
 * Gives the actor another password, after the one they have. Every session of theirs ends, the one that asks included,
 * and a new one starts for the browser that asks: whoever has a copy of its cookie is out, and gets no fresh one. Wrong
 * passwords count for the session, together with those of a fresh proof.
 *
 * Throws AppError `invalid` with `current_password_wrong`, `password_unchanged` or what the policy says, by field,
 * `unauthenticated` / `session_ended` when the session ended meanwhile, and `unavailable` / `sign_in_throttled` or
 * `sign_in_busy`.
 */
export async function changePassword(
  ctx: SessionContext,
  { currentPassword, newPassword }: ChangePassword,
  deps: { throttle: SignInThrottle },
): Promise<SignedIn> {
  const { publicUrl } = ctx.config;
  requireAllowedPassword("newPassword", newPassword, { ...ctx.session.staff, publicUrl });
  if ((await verifyOwnPassword(ctx, currentPassword, deps)) === undefined) {
    throw new AppError("invalid", "invalid", { fieldErrors: { currentPassword: "current_password_wrong" } });
  }
  if (newPassword === currentPassword) {
    throw new AppError("invalid", "invalid", { fieldErrors: { newPassword: "password_unchanged" } });
  }
  return storePassword(ctx, newPassword);
}

async function storePassword({ actor, session, now }: SessionContext, password: string): Promise<SignedIn> {
  const { id, ip } = actor;
  const passwordHash = await database().hashSecret(password);
  return inTransaction(async (tx) => {
    await lockStaffMemberOnly(tx, id);
    const at = now();
    const where = { id: session.sessionId, staffMemberId: id, endedAt: null };
    if ((await tx.staffSession.count({ where })) === 0) throw new AppError("unauthenticated", "session_ended");
    await tx.staffMember.update({
      where: { id },
      data: { passwordHash, mustChangePassword: false },
      select: { id: true },
    });
    const sessionVersion = await endAllSessions(tx, id, at);
    // The password alone is no fresh proof of whoever has a second factor: their proof stays as old as it was.
    const { authenticatedAt } = session;
    const proof = session.hasSecondFactor ? { now: at, authenticatedAt } : { now: at };
    const sessionId = await createStaffSession(tx, { id, sessionVersion }, { ip, ...proof });
    await revokeStaffLinks(tx, id, at);
    await recordAuditEvent(tx, actor, { action: "staff.password_changed", targetId: id });
    return { staffId: id, sessionId };
  });
}
