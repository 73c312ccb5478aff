import "server-only";

import { database, type Transaction } from "@/lib/db/client";
import { generateToken, hashToken } from "@/lib/secrets/one-time-token";
import { MINUTE_MS } from "@/lib/time";

/** For so long a passkey may take to answer. */
export const PASSKEY_CHALLENGE_MINUTES = 5;

/** For what a passkey is asked, and by whom: by a session, or by a sign-in that is pending. */
export type PasskeyQuestion =
  | { purpose: "registration" | "confirmation"; sessionId: string }
  | { purpose: "sign_in"; pendingHash: string };

/**
 * Makes what a passkey is to sign: 256 random bits, in base64url. An earlier one for the same purpose of the same session,
 * or of the same sign-in, is not taken any more.
 */
export async function makeChallenge(question: PasskeyQuestion, now: Date): Promise<string> {
  const challenge = generateToken();
  const bound = boundTo(question);
  await database().passkeyChallenge.deleteMany({ where: bound });
  await database().passkeyChallenge.create({
    data: {
      ...bound,
      challengeHash: hashToken(challenge),
      expiresAt: new Date(now.getTime() + PASSKEY_CHALLENGE_MINUTES * MINUTE_MS),
    },
    select: { challengeHash: true },
  });
  return challenge;
}

/**
 * Tells whether a challenge was made for this purpose, of this session or sign-in, within five minutes, and uses it up:
 * of any number of answers one gets a yes, whether or not it then turns out to be right.
 */
export async function takeChallenge(
  question: PasskeyQuestion,
  { challenge, now }: { challenge: string; now: Date },
  writer: Pick<Transaction, "passkeyChallenge"> = database(),
): Promise<boolean> {
  const { count } = await writer.passkeyChallenge.deleteMany({
    where: { ...boundTo(question), challengeHash: hashToken(challenge), expiresAt: { gt: now } },
  });
  return count === 1;
}

function boundTo(question: PasskeyQuestion) {
  const { purpose } = question;
  return "sessionId" in question
    ? { purpose, staffSessionId: question.sessionId, pendingSignInHash: null }
    : { purpose, staffSessionId: null, pendingSignInHash: question.pendingHash };
}
