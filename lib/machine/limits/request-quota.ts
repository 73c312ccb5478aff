import "server-only";

import { createRateLimiter, type RateLimitPolicy, rateLimitFields } from "@/lib/http/rate-limiter";

/** What one request did to the quota of its application. */
export type QuotaUse = {
  isAllowed: boolean;
  policy: RateLimitPolicy;
  /** Seconds until the whole quota is there again. */
  resetSeconds: number;
  /** Tell the application what is left (draft-ietf-httpapi-ratelimit-headers). */
  fields: [name: string, value: string][];
};

export type RequestQuota = { spend(clientId: string): Promise<QuotaUse> };

/**
 * How much one application may ask for in a minute, so that one that runs wild leaves room for the others. Counted for
 * applications that have proved who they are: nobody can spend the quota of another.
 */
export function createRequestQuota(name: string, requestsPerMinute: number): RequestQuota {
  const policy: RateLimitPolicy = { name, quota: requestsPerMinute, windowSeconds: 60 };
  const limiter = createRateLimiter(policy);
  return {
    async spend(clientId) {
      const decision = await limiter.consume(clientId);
      const { isAllowed, resetSeconds } = decision;
      return { isAllowed, policy, resetSeconds, fields: rateLimitFields(policy, decision) };
    },
  };
}
