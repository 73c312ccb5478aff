import "server-only";

import { AsyncLocalStorage } from "node:async_hooks";
import type { PendingSignIn } from "@/lib/staff/sign-in/pending/pending-sign-in";

/** How one call of next-auth's `authorize` ended. */
export type SignInOutcome = { signedIn: { email: string } } | { pending: PendingSignIn } | { error: unknown };

type SignInAttempt = { outcome?: SignInOutcome };

const attempts = new AsyncLocalStorage<SignInAttempt>();

/**
 * Runs next-auth's sign-in and returns what `authorize` really decided. next-auth itself reports a failure as an
 * exception, as an error page's address or as its own request's address, depending on request headers: only what was
 * noted here proves that somebody signed in. `undefined` when `authorize` was never reached.
 */
export async function observeSignIn(signIn: () => Promise<unknown>): Promise<SignInOutcome | undefined> {
  const attempt: SignInAttempt = {};
  try {
    await attempts.run(attempt, signIn);
  } catch (error) {
    if (attempt.outcome === undefined || "signedIn" in attempt.outcome) return { error };
  }
  return attempt.outcome;
}

/** Notes the outcome for the `observeSignIn` around this call. */
export function noteSignInOutcome(outcome: SignInOutcome): void {
  const attempt = attempts.getStore();
  if (attempt !== undefined) attempt.outcome = outcome;
}
