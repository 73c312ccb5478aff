import "server-only";

import { clientAddressKey } from "@/lib/http/client-address-key";
import {
  createRateLimiter,
  type RateLimitDecision,
  type RateLimitPolicy,
  rateLimitFields,
} from "@/lib/http/rate-limiter";
import { OAuthError } from "@/lib/oauth/oauth-error";
import type { OAuthReason } from "@/lib/oauth/oauth-reason";

/** Failed client authentications of one client id from one address. */
export const CLIENT_FAILURES: RateLimitPolicy = { name: "client-failures", quota: 20, windowSeconds: 60 };
/** Failed client authentications from one address, whatever the client id. */
export const ADDRESS_FAILURES: RateLimitPolicy = { name: "address-failures", quota: 60, windowSeconds: 60 };

// Client ids are shorter; what is longer must not fill the memory.
const CLIENT_ID_LENGTH_MAX = 64;

export type FailureLimits = {
  /**
   * Counts one failed attempt and returns the refusal it deserves: 401, or 429 once there were too many, with the
   * exhausted quota in `answerFields`.
   */
  refuse(
    attempt: { clientId: string; clientAddress: string; answerFields: Headers },
    reason: OAuthReason,
  ): Promise<OAuthError>;
};

/**
 * Slows down guessing (RFC 6749 §2.3.1) without giving anybody a way to lock others out: only failures are counted, and
 * only where they come from. Somebody who proves to hold a live secret is never asked whether his neighbour guessed.
 */
export function createFailureLimits(): FailureLimits {
  const byAddress = createRateLimiter(ADDRESS_FAILURES);
  const byClient = createRateLimiter(CLIENT_FAILURES);
  return {
    async refuse({ clientId, clientAddress, answerFields }, reason) {
      const address = clientAddressKey(clientAddress);
      // The address first: once it is exhausted, made-up client ids leave no further entries behind.
      const ofAddress = await byAddress.consume(address);
      if (!ofAddress.isAllowed) return limited(reason, ADDRESS_FAILURES, ofAddress, answerFields);
      const ofClient = await byClient.consume(`${address} ${clientId.slice(0, CLIENT_ID_LENGTH_MAX)}`);
      if (!ofClient.isAllowed) return limited(reason, CLIENT_FAILURES, ofClient, answerFields);
      return new OAuthError("invalid_client", { reason });
    },
  };
}

function limited(
  reason: OAuthReason,
  policy: RateLimitPolicy,
  decision: RateLimitDecision,
  answerFields: Headers,
): OAuthError {
  for (const [name, value] of rateLimitFields(policy, decision)) answerFields.set(name, value);
  return new OAuthError("temporarily_unavailable", {
    status: 429,
    reason: "too_many_failures",
    detail: reason,
    retryAfterSeconds: decision.resetSeconds,
  });
}
