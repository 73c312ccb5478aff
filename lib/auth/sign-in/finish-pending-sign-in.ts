import "server-only";

import type { PublicKeyCredentialRequestOptionsJSON } from "@simplewebauthn/server";
import { cookies, headers } from "next/headers";
import { requireSameOrigin } from "@/lib/auth/same-origin";
import { cookieSettings, openSessionCookieOf, setSessionCookie } from "@/lib/auth/session-cookie";
import { visitorContext } from "@/lib/auth/verb-contexts";
import { config } from "@/lib/env/config";
import { AppError } from "@/lib/errors/app-error";
import type { FactorProof } from "@/lib/staff/second-factor/check-proof";
import { getOfferedFactors } from "@/lib/staff/second-factor/own-second-factors";
import { askForPasskey } from "@/lib/staff/second-factor/passkeys/verify-passkey";
import type { OfferedFactors } from "@/lib/staff/second-factor/second-factor.types";
import { finishSignIn } from "@/lib/staff/sign-in/pending/finish-sign-in";
import { findPendingSignIn } from "@/lib/staff/sign-in/pending/pending-sign-in";
import { secondFactorThrottle } from "@/lib/staff/sign-in/sign-in-throttle";
import { setDeviceCookie } from "./device-cookie";
import { clearPendingCookie } from "./pending-cookie";

/**
 * Returns what the browser of the request being handled needs to ask a passkey. Throws AppError `unauthenticated` /
 * `second_factor_lost` when nothing is pending, and what `askForPasskey` throws.
 */
export async function askPendingPasskey(): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const now = new Date();
  const pending = await findPendingSignIn(await readPendingToken(), now);
  if (pending === undefined) throw new AppError("unauthenticated", "second_factor_lost");
  const question = { purpose: "sign_in", pendingHash: pending.tokenHash } as const;
  return askForPasskey({ staffMemberId: pending.member.id, question, now, config: config() });
}

/** Returns what the browser of the request being handled is asked for after the password; `undefined` when nothing is pending. */
export async function findPendingFactors(): Promise<OfferedFactors | undefined> {
  const pending = await findPendingSignIn(await readPendingToken(), new Date());
  return pending === undefined ? undefined : getOfferedFactors(pending.member.id, config());
}

/**
 * Finishes the pending sign-in of the request being handled and sets the cookies of the session and of the browser; for a
 * server action, which then redirects. Throws AppError `forbidden` for a request from another site, and what
 * `finishSignIn` throws.
 */
export async function finishPendingSignIn(proof: FactorProof): Promise<void> {
  await requireSameOrigin();
  const replacedSessionId = await openSessionCookieOf(await headers());
  const deps = { throttle: secondFactorThrottle() };
  const token = await readPendingToken();
  const { sessionId, email } = await finishSignIn(visitorContext(), { token, proof, replacedSessionId }, deps);
  const jar = await cookies();
  await setSessionCookie(jar, sessionId);
  await setDeviceCookie(jar, email);
  clearPendingCookie(jar);
}

async function readPendingToken(): Promise<string | undefined> {
  return (await cookies()).get(cookieSettings("pending-sign-in").name)?.value;
}
