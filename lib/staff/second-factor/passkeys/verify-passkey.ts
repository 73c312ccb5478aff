import "server-only";

import {
  generateAuthenticationOptions,
  type PublicKeyCredentialRequestOptionsJSON,
  verifyAuthenticationResponse,
} from "@simplewebauthn/server";
import { decodeClientDataJSON } from "@simplewebauthn/server/helpers";
import { database, type Transaction } from "@/lib/db/client";
import type { Config } from "@/lib/env/config";
import { AppError } from "@/lib/errors/app-error";
import { log } from "@/lib/observability/logger";
import type { PasskeyAnswer } from "./passkey.schema";
import { makeChallenge, PASSKEY_CHALLENGE_MINUTES, type PasskeyQuestion, takeChallenge } from "./passkey-challenge";
import { findRelyingParty } from "./relying-party";

/** A passkey whose signature was right, and what it says of how often it has signed. */
export type VerifiedPasskey = { passkeyId: string; counter: number };

type Asked = { staffMemberId: string; question: PasskeyQuestion; now: Date; config: Pick<Config, "publicUrl"> };

/**
 * Returns what a browser needs to ask one of the member's passkeys. Throws AppError `conflict` / `second_factor_missing`
 * for who has none, or where PUBLIC_URL is no longer one that passkeys work with.
 */
export async function askForPasskey(asked: Asked): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const { staffMemberId, question, now, config } = asked;
  const party = findRelyingParty(config);
  const passkeys = await database().staffPasskey.findMany({
    where: { staffMemberId },
    select: { credentialId: true, transports: true },
    orderBy: { createdAt: "asc" },
  });
  if (party === undefined || passkeys.length === 0) throw new AppError("conflict", "second_factor_missing");
  const challenge = await makeChallenge(question, now);
  return generateAuthenticationOptions({
    rpID: party.id,
    allowCredentials: passkeys.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
    challenge: new Uint8Array(Buffer.from(challenge, "base64url")),
    timeout: PASSKEY_CHALLENGE_MINUTES * 60_000,
    userVerification: "preferred",
  });
}

/**
 * Checks what a passkey has signed: that it is the member's, and answers what it was asked for this purpose, here, within
 * five minutes and for the first time. `undefined` for anything else. What it counted is checked by `spendPasskey`.
 */
export async function verifyPasskey(answer: PasskeyAnswer, asked: Asked): Promise<VerifiedPasskey | undefined> {
  const { staffMemberId, question, now, config } = asked;
  const challenge = readChallenge(answer);
  // Used up by the first answer, whatever is wrong with it.
  if (challenge === undefined || !(await takeChallenge(question, { challenge, now }))) return undefined;
  const party = findRelyingParty(config);
  const passkey = await database().staffPasskey.findUnique({
    where: { credentialId: answer.id, staffMemberId },
    select: { id: true, credentialId: true, publicKey: true },
  });
  if (party === undefined || passkey === null) return undefined;
  const { userHandle, ...response } = answer.response;
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: {
        ...answer,
        response: userHandle === undefined ? response : { ...response, userHandle },
        clientExtensionResults: {},
      },
      expectedChallenge: challenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: false,
      // The counter is compared under the lock of the member: two answers at once are one too many.
      credential: {
        id: passkey.credentialId,
        publicKey: new Uint8Array(Buffer.from(passkey.publicKey, "base64url")),
        counter: 0,
      },
    });
    return verified ? { passkeyId: passkey.id, counter: authenticationInfo.newCounter } : undefined;
  } catch {
    // The library throws for whatever does not fit; why is of no use to anybody but who forges.
    return undefined;
  }
}

/**
 * Notes the use of a passkey. Returns whether it may count: a passkey that was removed meanwhile may not, nor one that
 * counts and has not counted on, which is what a copy of it does. Part of the caller's transaction, which has locked the
 * member.
 */
export async function spendPasskey(
  tx: Pick<Transaction, "staffPasskey">,
  { passkeyId, counter }: VerifiedPasskey,
  now: Date,
): Promise<boolean> {
  const passkey = await tx.staffPasskey.findUnique({ where: { id: passkeyId }, select: { counter: true } });
  if (passkey === null) return false;
  const before = Number(passkey.counter);
  if ((before > 0 || counter > 0) && counter <= before) {
    log.warn(
      { event: "passkey_counter_regressed", passkey_id: passkeyId },
      "a passkey has signed less often than before: it may have been copied",
    );
    return false;
  }
  await tx.staffPasskey.update({
    where: { id: passkeyId },
    data: { counter, lastUsedAt: now },
    select: { id: true },
  });
  return true;
}

function readChallenge(answer: PasskeyAnswer): string | undefined {
  try {
    const { challenge } = decodeClientDataJSON(answer.response.clientDataJSON);
    return typeof challenge === "string" ? challenge : undefined;
  } catch {
    return undefined;
  }
}
