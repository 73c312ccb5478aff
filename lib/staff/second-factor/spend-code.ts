import "server-only";

import type { Transaction } from "@/lib/db/client";
import type { Config } from "@/lib/env/config";
import { log } from "@/lib/observability/logger";
import type { SecondFactor } from "@/lib/staff/sessions/staff-session.types";
import { findStep, toAppCode } from "./authenticator-app";
import { hashRecoveryCode } from "./recovery-codes";

/**
 * Uses a code of the member's app, or a recovery code, up: neither is taken twice. Returns which it was; `undefined` for
 * a wrong one, one that was used, and one of what the member does not have. Part of the caller's transaction, which has
 * locked the member and records what comes of it.
 */
export async function spendCode(
  tx: Pick<Transaction, "staffAuthenticatorApp" | "staffRecoveryCode">,
  { staffMemberId, code, now, config }: { staffMemberId: string; code: string; now: Date; config: Config },
): Promise<SecondFactor | undefined> {
  const appCode = toAppCode(code);
  if (appCode !== undefined) return spendAppCode(tx, { staffMemberId, code: appCode, now, config });
  const codeHash = hashRecoveryCode(code);
  if (codeHash === undefined) return undefined;
  const { count } = await tx.staffRecoveryCode.updateMany({
    where: { staffMemberId, codeHash, usedAt: null },
    data: { usedAt: now },
  });
  return count === 1 ? "recovery_code" : undefined;
}

async function spendAppCode(
  tx: Pick<Transaction, "staffAuthenticatorApp">,
  { staffMemberId, code, now, config }: { staffMemberId: string; code: string; now: Date; config: Config },
): Promise<SecondFactor | undefined> {
  const app = await tx.staffAuthenticatorApp.findUnique({ where: { staffMemberId }, select: { sealedKey: true } });
  if (app === null || app.sealedKey === null) return undefined;
  const step = findReadableStep(config, { staffMemberId, sealedKey: app.sealedKey, code, now });
  if (step === null) return undefined;
  // RFC 6238 section 5.2: a code that was taken is not taken again, nor one from before it.
  const { count } = await tx.staffAuthenticatorApp.updateMany({
    where: { staffMemberId, OR: [{ lastStep: null }, { lastStep: { lt: step } }] },
    data: { lastStep: step, lastUsedAt: now },
  });
  return count === 1 ? "authenticator_app" : undefined;
}

/** A key that the master keys of now do not open is a matter for the operator: its owner gets in with something else. */
function findReadableStep(...[config, question]: Parameters<typeof findStep>): number | null {
  try {
    return findStep(config, question);
  } catch (err) {
    if (!(err instanceof RangeError)) throw err;
    log.error({ event: "authenticator_key_unreadable", err }, "the key of an authenticator app cannot be opened");
    return null;
  }
}
