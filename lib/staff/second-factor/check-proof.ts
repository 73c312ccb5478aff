import "server-only";

import type { VerbContext } from "@/lib/audit/verb-context";
import type { Transaction } from "@/lib/db/client";
import type { Config } from "@/lib/env/config";
import type { SecondFactor } from "@/lib/staff/sessions/staff-session.types";
import type { PasskeyAnswer } from "./passkeys/passkey.schema";
import type { PasskeyQuestion } from "./passkeys/passkey-challenge";
import { spendPasskey, type VerifiedPasskey, verifyPasskey } from "./passkeys/verify-passkey";
import { spendCode } from "./spend-code";

/** What somebody shows as second factor: a code of either kind, or what a passkey has signed. */
export type FactorProof = { code: string } | { passkey: PasskeyAnswer };

/** The same after what can be checked beforehand; `undefined` in place of a passkey that was not right. */
export type ReadyProof = { code: string } | { passkey: VerifiedPasskey | undefined };

/** Checks a proof as far as that needs no lock: the signature of a passkey, whose challenge is used up by it. */
export async function checkProof(
  { now, config }: Pick<VerbContext, "now" | "config">,
  { staffMemberId, proof, question }: { staffMemberId: string; proof: FactorProof; question: PasskeyQuestion },
): Promise<ReadyProof> {
  if ("code" in proof) return proof;
  return { passkey: await verifyPasskey(proof.passkey, { staffMemberId, question, now: now(), config }) };
}

/**
 * Uses a proof up and returns of what kind it was; `undefined` when it is none. Part of the caller's transaction, which
 * has locked the member.
 */
export async function spendProof(
  tx: Pick<Transaction, "staffAuthenticatorApp" | "staffRecoveryCode" | "staffPasskey">,
  { staffMemberId, ready, now, config }: { staffMemberId: string; ready: ReadyProof; now: Date; config: Config },
): Promise<SecondFactor | undefined> {
  if ("code" in ready) return spendCode(tx, { staffMemberId, code: ready.code, now, config });
  const { passkey } = ready;
  return passkey !== undefined && (await spendPasskey(tx, passkey, now)) ? "passkey" : undefined;
}
