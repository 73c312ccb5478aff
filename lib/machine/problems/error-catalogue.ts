import "server-only";

import { OAUTH_ERRORS, type OAuthErrorCode } from "@/lib/oauth/oauth-error";
import { ERROR_SENTENCES, type ErrorSentence } from "./error-sentences";

/** Who answers with a code: the OAuth endpoints as `error`, the external API as `code` of a problem. */
export type ErrorPlace = "oauth" | "external";

export type ErrorEntry = {
  /** What programs compare, and the anchor under which it is explained. Never changes. */
  code: ErrorCode;
  statuses: readonly number[];
  places: readonly ErrorPlace[];
  /** Whether problems of this code say so in `type`. Without it they say no more than their status (RFC 9457 §4.2.1). */
  hasProblemType: boolean;
  /** What `error_description` may say where one code has many causes, in the order of the checks. */
  sentences: readonly ErrorSentence[];
};

const OAUTH_PLACES: Readonly<Record<OAuthErrorCode, readonly ErrorPlace[]>> = {
  invalid_request: ["oauth", "external"],
  invalid_client: ["oauth"],
  invalid_scope: ["oauth"],
  invalid_grant: ["oauth"],
  unauthorized_client: ["oauth"],
  unsupported_grant_type: ["oauth"],
  invalid_target: ["oauth"],
  temporarily_unavailable: ["oauth", "external"],
  server_error: ["oauth", "external"],
  invalid_token: ["external"],
  insufficient_scope: ["external"],
};

/** The codes that only the external API has, with their status, and whether they are worth more than it. */
const PROBLEMS = [
  { code: "unauthenticated", status: 401 },
  { code: "invalid", status: 400 },
  { code: "json_malformed", status: 400 },
  { code: "body_not_utf8", status: 400 },
  { code: "body_unreadable", status: 400 },
  { code: "body_too_large", status: 413 },
  { code: "media_type", status: 415 },
  { code: "charset", status: 415 },
  { code: "content_encoding", status: 415 },
  { code: "room_not_found", status: 404 },
  { code: "access_not_found", status: 404 },
  { code: "page_invalid", status: 404 },
  { code: "room_role_insufficient", status: 403 },
  { code: "external_id_not_yours", status: 403 },
  { code: "domain_not_allowed", status: 403 },
  { code: "external_id_taken", status: 409 },
  { code: "access_exists", status: 409 },
  { code: "accesses_too_many", status: 409 },
  { code: "last_owner", status: 409 },
  { code: "quota_exceeded", status: 429 },
  { code: "condition_malformed", status: 400 },
  { code: "room_version_differs", status: 412 },
  { code: "idempotency_key_malformed", status: 400 },
  { code: "idempotency_key_in_use", status: 409 },
  { code: "idempotency_key_reused", status: 422 },
  { code: "not_found", status: 404, hasProblemType: false },
  { code: "method_not_allowed", status: 405, hasProblemType: false },
] as const satisfies readonly { code: string; status: number; hasProblemType?: boolean }[];

export type ErrorCode = OAuthErrorCode | (typeof PROBLEMS)[number]["code"];

function oauthEntry(code: OAuthErrorCode): ErrorEntry {
  const places = OAUTH_PLACES[code];
  return {
    code,
    statuses: OAUTH_ERRORS[code].statuses,
    places,
    // What went wrong unexpectedly is of no known type.
    hasProblemType: places.includes("external") && code !== "server_error",
    sentences: ERROR_SENTENCES[code] ?? [],
  };
}

/** Every error that the machine API can answer with, in the order in which a developer meets them. */
export const ERROR_CATALOGUE: readonly ErrorEntry[] = [
  ...(Object.keys(OAUTH_PLACES) as OAuthErrorCode[]).map(oauthEntry),
  ...PROBLEMS.map((problem): ErrorEntry => {
    const hasProblemType = !("hasProblemType" in problem);
    return { code: problem.code, statuses: [problem.status], places: ["external"], hasProblemType, sentences: [] };
  }),
];
