import "server-only";

import type { Actor } from "@/lib/audit/actor";
import { removed } from "@/lib/audit/changes";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import type { VerbContext } from "@/lib/audit/verb-context";
import { inTransaction, type Transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors/app-error";
import { lockStaffMember, refuseOwnAccount } from "@/lib/staff/lock-staff-member";
import { endAllSessions } from "@/lib/staff/sessions/end-all-sessions";

/**
 * Takes every second factor of a member away, who has lost them: their password alone signs in again, and every session
 * of theirs ends. They find on their account page that it was done. Throws AppError `not_found`, `conflict` /
 * `own_account`, and `conflict` / `second_factor_missing` for who has none.
 */
export async function resetSecondFactors(ctx: VerbContext, staffId: string): Promise<void> {
  refuseOwnAccount(staffId, ctx.actor);
  await inTransaction(async (tx) => {
    await lockStaffMember(tx, staffId);
    if (!(await clearSecondFactors(tx, ctx, staffId))) throw new AppError("conflict", "second_factor_missing");
    await endAllSessions(tx, staffId, ctx.now());
  });
}

/**
 * The same without the sessions; tells whether there was anything. Part of the caller's transaction, which has locked the
 * member.
 */
export async function clearSecondFactors(
  tx: Transaction,
  { actor, now }: VerbContext<Actor>,
  staffMemberId: string,
): Promise<boolean> {
  const passkeys = await tx.staffPasskey.deleteMany({ where: { staffMemberId } });
  const apps = await tx.staffAuthenticatorApp.deleteMany({ where: { staffMemberId, sealedKey: { not: null } } });
  await tx.staffRecoveryCode.deleteMany({ where: { staffMemberId } });
  await tx.staffAuthenticatorApp.deleteMany({ where: { staffMemberId } });
  if (passkeys.count + apps.count === 0) return false;
  await tx.pendingSignIn.deleteMany({ where: { staffMemberId } });
  await tx.staffMember.update({
    where: { id: staffMemberId },
    data: { secondFactorsResetAt: now() },
    select: { id: true },
  });
  await recordAuditEvent(tx, actor, {
    action: "staff.second_factors_reset",
    targetId: staffMemberId,
    changes: removed({ passkeys: passkeys.count, hasApp: apps.count > 0 }),
  });
  return true;
}
