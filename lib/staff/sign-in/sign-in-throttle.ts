import "server-only";

import { RateLimiterMemory } from "rate-limiter-flexible";
import { AppError } from "@/lib/errors/app-error";
import { clientNetworks } from "@/lib/http/client-address-key";

export const THROTTLE_WINDOW_MINUTES = 15;
/** For one session, one known browser, or one e-mail from one network. */
export const FAILURES_MAX = 5;
/** For all e-mails from one network. */
export const NETWORK_FAILURES_MAX = 30;
/** A /48 may fail so many times as often as one of its /64s: whoever is given one network is often given all of it. */
export const WIDE_NETWORK_FACTOR = 4;

/**
 * Who tries: somebody with a live session, a browser in which the member has signed in before, or a stranger. Only
 * strangers are counted together with others of their network.
 */
export type Guesser = { sessionId: string } | { deviceId: string } | { email: string; address: string };

export type SignInThrottle = {
  /**
   * Runs `check` unless too many attempts have failed, and counts it as a failure when it answers `undefined`.
   * An attempt that throws counts for nothing. Throws AppError `unavailable`, reason `sign_in_throttled`, without
   * running `check`: a right password is then refused too, or the answer would tell that it was right.
   */
  attempt<Proof>(who: Guesser, check: () => Promise<Proof | undefined>): Promise<Proof | undefined>;
};

/**
 * Bounds password guessing within 15 minutes: 5 failures of a session, of a known browser, or for an e-mail from one
 * network; 30 for all e-mails from one network; four times as many from all networks of an IPv6 /48. No counter hangs
 * on the e-mail alone, so nobody can lock its owner out from elsewhere; and whoever shares an address with its owner
 * can lock out neither their session nor the browser that they use (OWASP, "Device Cookies").
 */
export function createSignInThrottle(): SignInThrottle {
  const own = createCounter(FAILURES_MAX);
  const networks = createCounter(NETWORK_FAILURES_MAX);
  const wideOwn = createCounter(FAILURES_MAX * WIDE_NETWORK_FACTOR);
  const wideNetworks = createCounter(NETWORK_FAILURES_MAX * WIDE_NETWORK_FACTOR);
  const inTurn = createTurns();

  function countersOf(who: Guesser): { key: string; shared: [RateLimiterMemory, string][] } {
    if ("sessionId" in who) return { key: `session ${who.sessionId}`, shared: [] };
    if ("deviceId" in who) return { key: `device ${who.deviceId}`, shared: [] };
    const { network, wider } = clientNetworks(who.address);
    const shared: [RateLimiterMemory, string][] = [[networks, network]];
    if (wider !== undefined) shared.push([wideOwn, `${wider} ${who.email}`], [wideNetworks, wider]);
    return { key: `${network} ${who.email}`, shared };
  }

  return {
    attempt(who, check) {
      const { key, shared } = countersOf(who);
      // One at a time: parallel guesses would all be looked up before the first of them is counted.
      return inTurn(key, async () => {
        const failures = await own.get(key);
        if (failures !== null && failures.consumedPoints >= FAILURES_MAX) throw throttled();
        // Taken before the check and given back after: here other e-mails do run in parallel.
        const taken: [RateLimiterMemory, string][] = [];
        let isFailure = false;
        try {
          for (const counter of shared) {
            await takePoint(...counter);
            taken.push(counter);
          }
          const proof = await check();
          isFailure = proof === undefined;
          if (isFailure) await own.penalty(key);
          else await own.delete(key);
          return proof;
        } finally {
          if (!isFailure) for (const [counter, name] of taken) await counter.reward(name);
        }
      });
    },
  };
}

const createCounter = (points: number) => new RateLimiterMemory({ points, duration: THROTTLE_WINDOW_MINUTES * 60 });

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
