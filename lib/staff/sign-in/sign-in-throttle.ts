import "server-only";

import { RateLimiterMemory } from "rate-limiter-flexible";
import { AppError } from "@/lib/errors/app-error";

const WINDOW_SECONDS = 15 * 60;
const FAILURES_PER_EMAIL_AND_NETWORK = 5;
const FAILURES_PER_NETWORK = 30;

export type SignInThrottle = {
  /**
   * Runs `check` unless too many attempts have failed, and counts it as a failure when it answers `undefined`.
   * An attempt that throws counts for nothing. Throws AppError `unavailable`, reason `sign_in_throttled`, without
   * running `check`: a right password is then refused too, or the answer would tell that it was right.
   */
  attempt<Proof>(
    who: { email: string; network: string },
    check: () => Promise<Proof | undefined>,
  ): Promise<Proof | undefined>;
};

/**
 * Bounds password guessing within 15 minutes: 5 failures for an e-mail from one network, 30 for all e-mails from one
 * network. No counter hangs on the e-mail alone, so nobody can lock its owner out from elsewhere.
 */
export function createSignInThrottle(): SignInThrottle {
  const pairs = new RateLimiterMemory({ points: FAILURES_PER_EMAIL_AND_NETWORK, duration: WINDOW_SECONDS });
  const networks = new RateLimiterMemory({ points: FAILURES_PER_NETWORK, duration: WINDOW_SECONDS });
  const inTurn = createTurns();

  return {
    attempt({ email, network }, check) {
      const pair = `${network} ${email}`;
      // One at a time: parallel guesses would all be looked up before the first of them is counted.
      return inTurn(pair, async () => {
        const failures = await pairs.get(pair);
        if (failures !== null && failures.consumedPoints >= FAILURES_PER_EMAIL_AND_NETWORK) throw throttled();
        // Taken before the check and given back after: here other e-mails do run in parallel.
        await takePoint(networks, network);
        let isFailure = false;
        try {
          const proof = await check();
          isFailure = proof === undefined;
          if (isFailure) await pairs.penalty(pair);
          else await pairs.delete(pair);
          return proof;
        } finally {
          if (!isFailure) await networks.reward(network);
        }
      });
    },
  };
}

// One for every bundle of this process: the sign-in form and the route of next-auth count together.
const KEY = Symbol.for("vestibule.sign-in-throttle");
const shared = globalThis as { [KEY]?: SignInThrottle };

/** Returns the process-wide throttle. */
export function signInThrottle(): SignInThrottle {
  shared[KEY] ??= createSignInThrottle();
  return shared[KEY];
}

async function takePoint(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (refusal) {
    // The library rejects with its result, which is no Error, when the points are used up.
    if (refusal instanceof Error) throw refusal;
    throw throttled();
  }
}

function throttled(): AppError {
  return new AppError("unavailable", "sign_in_throttled");
}

/** Runs what is given under one key one after the other, in the order of the calls. */
function createTurns(): <Result>(key: string, run: () => Promise<Result>) => Promise<Result> {
  const tails = new Map<string, Promise<void>>();
  return async (key, run) => {
    const turn = (tails.get(key) ?? Promise.resolve()).then(run);
    const tail = turn.then(
      () => {},
      () => {},
    );
    tails.set(key, tail);
    try {
      return await turn;
    } finally {
      if (tails.get(key) === tail) tails.delete(key);
    }
  };
}
