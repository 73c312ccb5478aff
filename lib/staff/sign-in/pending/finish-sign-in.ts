import "server-only";

import type { VisitorActor } from "@/lib/audit/actor";
import { created } from "@/lib/audit/changes";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import type { VerbContext } from "@/lib/audit/verb-context";
import { inTransaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors/app-error";
import { lockStaffMemberOnly } from "@/lib/staff/lock-staff-member";
import { checkProof, type FactorProof, spendProof } from "@/lib/staff/second-factor/check-proof";
import type { SignedIn } from "@/lib/staff/sessions/staff-session.types";
import { startStaffSession } from "@/lib/staff/sessions/start-staff-session";
import type { SignInThrottle } from "@/lib/staff/sign-in/sign-in-throttle";
import { findPendingSignIn } from "./pending-sign-in";

type FinishInput = { token: string | undefined; proof: FactorProof; replacedSessionId?: string | undefined };

/** Who signed in, and as whose browser theirs is to be known. */
export type FinishedSignIn = SignedIn & { email: string };

/**
 * Ends a pending sign-in with a passkey, a code of the authenticator app or a recovery code, and starts the session. Of several
 * that try at once one does. `replacedSessionId` is the session their browser had until now: it ends, whoever it
 * belonged to.
 *
 * Throws AppError `unauthenticated` / `second_factor_lost` for a sign-in that is not pending (any more),
 * `second_factor_failed` for what is wrong, was used, or is of what the member does not have, and
 * `unavailable` / `sign_in_throttled`.
 */
export async function finishSignIn(
  ctx: VerbContext<VisitorActor>,
  { token, proof, replacedSessionId }: FinishInput,
  { throttle }: { throttle: SignInThrottle },
): Promise<FinishedSignIn> {
  const pending = await findPendingSignIn(token, ctx.now());
  if (pending === undefined) throw new AppError("unauthenticated", "second_factor_lost");
  const { deviceId, member } = pending;
  const who = deviceId === null ? { email: member.email, address: ctx.actor.ip } : { deviceId };
  const signedIn = await throttle.attempt(who, async () => {
    const question = { purpose: "sign_in", pendingHash: pending.tokenHash } as const;
    const ready = await checkProof(ctx, { staffMemberId: member.id, proof, question });
    return inTransaction(async (tx) => {
      await lockStaffMemberOnly(tx, member.id);
      const now = ctx.now();
      // Decided after the wait, by what the others left.
      const still = await findPendingSignIn(token, now, tx);
      if (still === undefined) throw new AppError("unauthenticated", "second_factor_lost");
      const factor = await spendProof(tx, { staffMemberId: member.id, ready, now, config: ctx.config });
      if (factor === undefined) {
        const changes = created({ step: "second_factor" });
        await recordAuditEvent(tx, ctx.actor, { action: "staff.sign_in_failed", targetId: member.id, changes });
        return undefined;
      }
      await tx.pendingSignIn.delete({ where: { tokenHash: still.tokenHash }, select: { tokenHash: true } });
      return startStaffSession(tx, ctx.actor, still.member, { now, factor, replacedSessionId });
    });
  });
  if (signedIn === undefined) throw new AppError("unauthenticated", "second_factor_failed");
  return { ...signedIn, email: member.email };
}
