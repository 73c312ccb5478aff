import "server-only";

import { created } from "@/lib/audit/changes";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { inTransaction, type Transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors/app-error";
import { lockStaffMemberOnly } from "@/lib/staff/lock-staff-member";
import type { SessionContext } from "@/lib/staff/sessions/staff-session.types";
import { generateRecoveryCodes, hashRecoveryCode } from "./recovery-codes";

/**
 * Gives the actor ten new recovery codes in place of those there are, and returns them: they are shown once. Throws
 * AppError `conflict` / `second_factor_missing` for who has no second factor whose place they could take.
 */
export async function makeRecoveryCodes(ctx: SessionContext): Promise<{ recoveryCodes: string[] }> {
  const { id } = ctx.actor;
  return inTransaction(async (tx) => {
    await lockStaffMemberOnly(tx, id);
    const { hasSecondFactor } = await tx.staffMember.findUniqueOrThrow({
      where: { id },
      select: { hasSecondFactor: true },
    });
    if (!hasSecondFactor) throw new AppError("conflict", "second_factor_missing");
    return { recoveryCodes: await replaceRecoveryCodes(tx, ctx) };
  });
}

/** Makes the codes. Part of the caller's transaction, which has locked the actor. */
export async function replaceRecoveryCodes(tx: Transaction, { actor, now }: SessionContext): Promise<string[]> {
  const { id: staffMemberId } = actor;
  const codes = generateRecoveryCodes();
  await tx.staffRecoveryCode.deleteMany({ where: { staffMemberId } });
  await tx.staffRecoveryCode.createMany({
    data: codes.map((code) => ({ staffMemberId, codeHash: hashRecoveryCode(code) ?? "", createdAt: now() })),
  });
  await recordAuditEvent(tx, actor, {
    action: "staff.recovery_codes_made",
    targetId: staffMemberId,
    changes: created({ codes: codes.length }),
  });
  return codes;
}
