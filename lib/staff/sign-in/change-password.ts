import "server-only";

import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { database, inTransaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors/app-error";
import { revokeStaffLinks } from "@/lib/staff/links/create-staff-link";
import { requireAllowedPassword } from "@/lib/staff/password-policy";
import { endAllSessions } from "@/lib/staff/sessions/end-all-sessions";
import type { SessionContext } from "@/lib/staff/sessions/staff-session.types";
import type { ChangePassword } from "@/lib/staff/staff.schema";
import { verifyOwnPassword } from "./reauthenticate-staff";
import type { SignInThrottle } from "./sign-in-throttle";

/**
 * Gives the actor another password, after the one they have. Every other session of theirs ends; the one that asks goes
 * on as freshly signed in. Wrong passwords count together with those of the sign-in form.
 *
 * Throws AppError `invalid` with `current_password_wrong`, `password_unchanged` or what the policy says, by field, and
 * `unavailable` / `sign_in_throttled` or `sign_in_busy`.
 */
export async function changePassword(
  ctx: SessionContext,
  { currentPassword, newPassword }: ChangePassword,
  deps: { throttle: SignInThrottle },
): Promise<void> {
  requireAllowedPassword("newPassword", newPassword);
  if ((await verifyOwnPassword(ctx, currentPassword, deps)) === undefined) {
    throw new AppError("invalid", "invalid", { fieldErrors: { currentPassword: "current_password_wrong" } });
  }
  if (newPassword === currentPassword) {
    throw new AppError("invalid", "invalid", { fieldErrors: { newPassword: "password_unchanged" } });
  }
  await storePassword(ctx, newPassword);
}

async function storePassword({ actor, session, now }: SessionContext, password: string): Promise<void> {
  const { sessionId } = session;
  const passwordHash = await database().hashSecret(password);
  await inTransaction(async (tx) => {
    await tx.staffMember.update({
      where: { id: actor.id },
      data: { passwordHash, mustChangePassword: false },
      select: { id: true },
    });
    const at = now();
    const before = await tx.staffSession.findUnique({ where: { id: sessionId }, select: { endedAt: true } });
    const sessionVersion = await endAllSessions(tx, actor.id, at);
    if (before?.endedAt === null) {
      await tx.staffSession.update({
        where: { id: sessionId },
        data: { sessionVersion, endedAt: null, authenticatedAt: at },
        select: { id: true },
      });
    }
    await revokeStaffLinks(tx, actor.id, at);
    await recordAuditEvent(tx, actor, { action: "staff.password_changed", targetId: actor.id });
  });
}
