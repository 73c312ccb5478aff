import "server-only";

import { AppError } from "@/lib/errors/app-error";
import { clientNetworks } from "@/lib/http/client-address-key";
import type { Counter } from "@/lib/http/counters/counter";
import { createCounter } from "@/lib/http/counters/create-counter";
import { DAY_MS } from "@/lib/time";

export const THROTTLE_WINDOW_MINUTES = 15;
/** For one session, one known browser, or one e-mail from one network. */
export const FAILURES_MAX = 5;
/** For all e-mails from one network. */
export const NETWORK_FAILURES_MAX = 30;
/** A /48 may fail so many times as often as one of its /64s: whoever is given one network is often given all of it. */
export const WIDE_NETWORK_FACTOR = 4;

/** For one account from all browsers that are not known, within a day: of second factors only. */
export const ACCOUNT_FAILURES_MAX = 100;

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
  return createThrottle("sign-in");
}

/**
 * The same for second factors, in counters of their own, and besides at most 100 failures within a day for one account
 * from browsers that are not known as its owner's: six digits are guessed sooner or later by who has many networks
 * (NIST SP 800-63B, 3.2.2). Only who has the password gets as far, and a browser in which the owner has signed in before is
 * never kept out by it.
 */
export function createSecondFactorThrottle(): SignInThrottle {
  const windowSeconds = DAY_MS / 1_000;
  const counter = createCounter({ name: "second-factor-account", windowSeconds });
  return createThrottle("second-factor", { counter, max: ACCOUNT_FAILURES_MAX });
}

function createThrottle(name: string, accounts?: Limited): SignInThrottle {
  const own = limited(name, FAILURES_MAX);
  const networks = limited(`${name}-network`, NETWORK_FAILURES_MAX);
  const wideOwn = limited(`${name}-wide`, FAILURES_MAX * WIDE_NETWORK_FACTOR);
  const wideNetworks = limited(`${name}-wide-network`, NETWORK_FAILURES_MAX * WIDE_NETWORK_FACTOR);
  const inTurn = createTurns();

  /** Where an attempt counts: first what is its own, then what it shares with others. */
  function limitsOf(who: Guesser): [Limit, ...Limit[]] {
    if ("sessionId" in who) return [{ ...own, key: `session ${who.sessionId}` }];
    if ("deviceId" in who) return [{ ...own, key: `device ${who.deviceId}` }];
    const { network, wider } = clientNetworks(who.address);
    const narrow: [Limit, ...Limit[]] = [
      { ...own, key: `${network} ${who.email}` },
      { ...networks, key: network },
      ...(accounts === undefined ? [] : [{ ...accounts, key: who.email }]),
    ];
    if (wider === undefined) return narrow;
    return [...narrow, { ...wideOwn, key: `${wider} ${who.email}` }, { ...wideNetworks, key: wider }];
  }

  return {
    attempt(who, check) {
      const limits = limitsOf(who);
      const [{ counter, key }] = limits;
      // One at a time: right passwords that are checked in parallel would keep each other out.
      return inTurn(key, async () => {
        // Counted before the check and taken back after: other e-mails, and other processes, do run in parallel.
        const counted: Limit[] = [];
        let isFailure = false;
        try {
          for (const limit of limits) {
            counted.push(limit);
            const { count } = await limit.counter.add(limit.key, 1);
            if (count > limit.max) throw throttled();
          }
          const proof = await check();
          isFailure = proof === undefined;
          if (!isFailure) {
            await counter.forget(key);
            counted.shift();
          }
          return proof;
        } finally {
          if (!isFailure) await Promise.all(counted.map((limit) => limit.counter.add(limit.key, -1)));
        }
      });
    },
  };
}

type Limited = { counter: Counter; max: number };
type Limit = Limited & { key: string };

const limited = (name: string, max: number): Limited => ({
  counter: createCounter({ name, windowSeconds: THROTTLE_WINDOW_MINUTES * 60 }),
  max,
});

// One for every bundle of this process: the sign-in form and the route of next-auth count together.
const KEY = Symbol.for("vestibule.sign-in-throttle");
const SECOND_KEY = Symbol.for("vestibule.second-factor-throttle");
const shared = globalThis as { [KEY]?: SignInThrottle; [SECOND_KEY]?: SignInThrottle };

/** Returns the process-wide throttle. */
export function signInThrottle(): SignInThrottle {
  shared[KEY] ??= createSignInThrottle();
  return shared[KEY];
}

/** The same for second factors. */
export function secondFactorThrottle(): SignInThrottle {
  shared[SECOND_KEY] ??= createSecondFactorThrottle();
  return shared[SECOND_KEY];
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
