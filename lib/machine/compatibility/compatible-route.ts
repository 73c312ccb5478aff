import "server-only";

import type { ProblemOptions } from "@/lib/http/problem";
import type { EndpointResponse } from "@/lib/oauth/http/endpoint-response";
import { isOAuthError } from "@/lib/oauth/oauth-error";
import type { OAuthReason } from "@/lib/oauth/oauth-reason";

export const COMPATIBLE_ROOMS_PATH = "/external-api/v1.0/rooms/";

/** What the API of La Suite Meet says to a token that is worth nothing, by reason code. */
const TOKEN_SENTENCES: Readonly<Partial<Record<OAuthReason, string>>> = {
  bearer_malformed: "Invalid token header.",
  token_in_header_and_query: "Invalid token header.",
  expired: "Token expired.",
  sub_malformed: "Invalid token claims.",
  client_id_malformed: "Invalid token claims.",
  user_id_differs: "Invalid token claims.",
  act_differs: "Invalid token claims.",
  not_delegated: "Invalid token type.",
  application_unknown: "Application not found.",
  application_inactive: "Application is disabled.",
  person_unknown: "User not found.",
  person_inactive: "User account is disabled.",
};

/**
 * A refusal of the rooms API as La Suite Meet writes it: the fields that are wrong, or one sentence in `detail`. What is
 * refused, counted and logged is decided elsewhere; header fields stay as they are.
 */
export function renderCompatibleRefusal(problem: ProblemOptions, cause: unknown): EndpointResponse {
  const { status, body } = toUpstreamRefusal(problem, cause);
  return {
    status,
    headers: {
      "Content-Type": "application/json",
      "Cache-Control": "no-store",
      "X-Content-Type-Options": "nosniff",
      ...problem.headers,
    },
    body: JSON.stringify(body),
  };
}

function toUpstreamRefusal({ status, detail, fields }: ProblemOptions, cause: unknown) {
  if (fields !== undefined) return { status, body: fields };
  if (status === 415) return { status, body: { detail: "Unsupported media type in request." } };
  if (!isOAuthError(cause) || cause.isBareChallenge) return { status, body: { detail } };
  if (cause.reason === "scopes_empty") return { status, body: { detail: "Insufficient permissions." } };
  const sentence = TOKEN_SENTENCES[cause.reason] ?? (status === 401 ? "Invalid token." : undefined);
  return sentence === undefined ? { status, body: { detail } } : { status: 401, body: { detail: sentence } };
}
