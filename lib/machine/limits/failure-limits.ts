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

/**
 * Failed authentications from one address after which its assertions are not looked at any more. Who signs is known only
 * once the database was asked, so the line is far beyond what a client that fails in earnest, or its neighbours, reach.
 */
export const ADDRESS_FLOOD = 10 * ADDRESS_FAILURES.quota;

export type FailureLimits = {
  /** Throws 429 for an address from which a flood of failures comes. Reads a counter and nothing else. */
  refuseFlood(attempt: { clientAddress: string }): Promise<void>;
  /**
   * Counts one failed attempt and returns what it deserves: its own `refusal`, or 429 once there were too many, with the
   * exhausted quota in `answerFields`.
   */
  refuse(
    attempt: { clientId: string; clientAddress: string; answerFields: Record<string, string> },
    refusal: OAuthError,
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
    async refuseFlood({ clientAddress }) {
      const { count, resetSeconds } = await byAddress.peek(clientAddressKey(clientAddress));
      if (count < ADDRESS_FLOOD) return;
      throw new OAuthError("temporarily_unavailable", {
        status: 429,
        reason: "too_many_failures",
        retryAfterSeconds: resetSeconds,
      });
    },
    async refuse({ clientId, clientAddress, answerFields }, refusal) {
      const { reason } = refusal;
      const address = clientAddressKey(clientAddress);
      // The address first: once it is exhausted, made-up client ids leave no further entries behind.
      const ofAddress = await byAddress.consume(address);
      if (!ofAddress.isAllowed) return limited(reason, ADDRESS_FAILURES, ofAddress, answerFields);
      const ofClient = await byClient.consume(`${address} ${clientId.slice(0, CLIENT_ID_LENGTH_MAX)}`);
      if (!ofClient.isAllowed) return limited(reason, CLIENT_FAILURES, ofClient, answerFields);
      return refusal;
    },
  };
}

function limited(
  reason: OAuthReason,
  policy: RateLimitPolicy,
  decision: RateLimitDecision,
  answerFields: Record<string, string>,
): OAuthError {
  for (const [name, value] of rateLimitFields(policy, decision)) answerFields[name] = value;
  return new OAuthError("temporarily_unavailable", {
    status: 429,
    reason: "too_many_failures",
    detail: reason,
    retryAfterSeconds: decision.resetSeconds,
  });
}
