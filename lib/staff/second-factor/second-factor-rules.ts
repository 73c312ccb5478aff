import "server-only";

import type { Transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors/app-error";
import type { SessionContext } from "@/lib/staff/sessions/staff-session.types";
import { replaceRecoveryCodes } from "./make-recovery-codes";
import type { AddedFactor } from "./second-factor.types";

/**
 * Throws AppError `conflict` / `second_factor_external` for who signs in with the organisation: its provider decides
 * what that takes.
 */
export function refuseOrganisation({ session: { signInMethod } }: Pick<SessionContext, "session">): void {
  if (signInMethod !== "password") throw new AppError("conflict", "second_factor_external");
}

/**
 * Does what is due besides when the actor adds a second factor: with the first, recovery codes are made, and every other
 * browser, which a password alone has let in, is signed out. Throws AppError `unauthenticated` / `session_ended` when
 * the session that asks ended meanwhile. Part of the caller's transaction, which has locked the actor and adds it next.
 */
export async function beforeAdding(tx: Transaction, ctx: SessionContext): Promise<AddedFactor> {
  const { actor, session, now } = ctx;
  const { id } = actor;
  const own = { id: session.sessionId, staffMemberId: id, endedAt: null };
  if ((await tx.staffSession.count({ where: own })) === 0) throw new AppError("unauthenticated", "session_ended");
  if (await hasSecondFactor(tx, id)) return { recoveryCodes: null };
  await tx.staffSession.updateMany({
    where: { staffMemberId: id, endedAt: null, id: { not: session.sessionId } },
    data: { endedAt: now() },
  });
  return { recoveryCodes: await replaceRecoveryCodes(tx, ctx) };
}

/**
 * Does what is due when the actor has removed a second factor: with the last, the recovery codes go. Throws AppError
 * `conflict` / `second_factor_last` when it was the last and the portal requires one. Part of the caller's transaction.
 */
export async function afterRemoving(tx: Transaction, { actor: { id }, config }: SessionContext): Promise<void> {
  if (await hasSecondFactor(tx, id)) return;
  if (config.staffMfa === "required") throw new AppError("conflict", "second_factor_last");
  await tx.staffRecoveryCode.deleteMany({ where: { staffMemberId: id } });
}

async function hasSecondFactor(tx: Transaction, id: string): Promise<boolean> {
  return (await tx.staffMember.findUniqueOrThrow({ where: { id }, select: { hasSecondFactor: true } })).hasSecondFactor;
}
