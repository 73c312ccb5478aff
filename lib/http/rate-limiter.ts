import "server-only";

import { createCounter } from "./counters/create-counter";

export type RateLimitPolicy = {
  /** Name of the policy, as the `RateLimit-Policy` field shows it. */
  name: string;
  /** How many are let through in one window. */
  quota: number;
  windowSeconds: number;
};

export type RateLimitDecision = {
  isAllowed: boolean;
  /** How many more are let through in this window. */
  remaining: number;
  /** When the window ends, and the whole quota is there again. */
  resetSeconds: number;
};

export type RateLimiter = {
  policy: RateLimitPolicy;
  /** Counts one event for `key` and tells whether it was still within the quota. */
  consume(key: string): Promise<RateLimitDecision>;
  /** How many were counted for `key` in this window, those beyond the quota too, and when it ends. Counts nothing. */
  peek(key: string): Promise<{ count: number; resetSeconds: number }>;
};

/**
 * Counts events by key in fixed windows that begin with the first event, for all processes together where they have a
 * Redis (`createCounter`). Keep the instance where the state of the process is kept, not in a module.
 */
export function createRateLimiter(policy: RateLimitPolicy): RateLimiter {
  const counter = createCounter(policy);
  return {
    policy,
    async consume(key) {
      const { count, msLeft } = await counter.add(key, 1);
      return {
        isAllowed: count <= policy.quota,
        remaining: Math.max(0, policy.quota - count),
        resetSeconds: toSeconds(msLeft),
      };
    },
    async peek(key) {
      const found = await counter.read(key);
      if (found === undefined) return { count: 0, resetSeconds: policy.windowSeconds };
      return { count: found.count, resetSeconds: toSeconds(found.msLeft) };
    },
  };
}

/** Rounded up, so that nobody who waits for so long comes too early. */
function toSeconds(milliseconds: number): number {
  return Math.max(1, Math.ceil(milliseconds / 1000));
}

/**
 * `RateLimit-Policy` and `RateLimit` (draft-ietf-httpapi-ratelimit-headers), as lists of RFC 9651. They name the policy
 * and never who it is applied to.
 */
export function rateLimitFields(
  policy: RateLimitPolicy,
  { remaining, resetSeconds }: Pick<RateLimitDecision, "remaining" | "resetSeconds">,
): [name: string, value: string][] {
  return [
    ["RateLimit-Policy", `"${policy.name}";q=${policy.quota};w=${policy.windowSeconds}`],
    ["RateLimit", `"${policy.name}";r=${remaining};t=${resetSeconds}`],
  ];
}
