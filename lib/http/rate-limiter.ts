import "server-only";

import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";

export type RateLimitPolicy = {
  /** Name of the policy, as the `RateLimit-Policy` field shows it. */
  name: string;
  /** How many are let through in one window. */
  quota: number;
  windowSeconds: number;
};

export type RateLimitDecision = { isAllowed: true } | { isAllowed: false; retryAfterSeconds: number };

export type RateLimiter = {
  policy: RateLimitPolicy;
  /** Counts one event for `key` and tells whether it was still within the quota. */
  consume(key: string): Promise<RateLimitDecision>;
};

/**
 * Counts events by key in fixed windows that begin with the first event. Kept in this process: several processes behind
 * one balancer each allow the quota. Keep the instance where the state of the process is kept, not in a module.
 */
export function createRateLimiter(policy: RateLimitPolicy): RateLimiter {
  const limiter = new RateLimiterMemory({
    keyPrefix: policy.name,
    points: policy.quota,
    duration: policy.windowSeconds,
  });
  return {
    policy,
    async consume(key) {
      try {
        await limiter.consume(key);
        return { isAllowed: true };
      } catch (refused) {
        if (!(refused instanceof RateLimiterRes)) throw refused;
        return { isAllowed: false, retryAfterSeconds: Math.max(1, Math.ceil(refused.msBeforeNext / 1000)) };
      }
    },
  };
}

/** `RateLimit-Policy` and `RateLimit` (draft-ietf-httpapi-ratelimit-headers) for an exhausted quota. */
export function exhaustedRateLimitHeaders(policy: RateLimitPolicy, retryAfterSeconds: number): Record<string, string> {
  return {
    "RateLimit-Policy": `"${policy.name}";q=${policy.quota};w=${policy.windowSeconds}`,
    RateLimit: `"${policy.name}";r=0;t=${retryAfterSeconds}`,
  };
}
