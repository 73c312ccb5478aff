import "server-only";

import type { RoomReason } from "@/lib/errors/app-reason";
import type { HttpReason } from "@/lib/http/http-reason";
import { ERROR_SENTENCES } from "@/lib/oauth/error-sentences";
import { OAUTH_ERRORS, type OAuthErrorCode } from "@/lib/oauth/oauth-error";

/** Who answers with a code: the OAuth endpoints as `error`, the external API as `code` of a problem. */
type ErrorPlace = "oauth" | "external";

type Sentences = typeof ERROR_SENTENCES;

type ErrorSentence = {
  /** Key of what to do about it, in the messages. */
  key: { [Code in keyof Sentences]: keyof Sentences[Code] }[keyof Sentences];
  /** Word for word as it is answered. */
  text: string;
};

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
const PROBLEMS = {
  unauthenticated: { status: 401 },
  invalid: { status: 400 },
  json_malformed: { status: 400 },
  body_not_utf8: { status: 400 },
  body_unreadable: { status: 400 },
  body_too_large: { status: 413 },
  media_type: { status: 415 },
  charset: { status: 415 },
  content_encoding: { status: 415 },
  room_not_found: { status: 404 },
  access_not_found: { status: 404 },
  page_invalid: { status: 404 },
  room_role_insufficient: { status: 403 },
  external_id_not_yours: { status: 403 },
  domain_not_allowed: { status: 403 },
  external_id_taken: { status: 409 },
  access_exists: { status: 409 },
  accesses_too_many: { status: 409 },
  last_owner: { status: 409 },
  quota_exceeded: { status: 429 },
  condition_malformed: { status: 400 },
  room_version_differs: { status: 412 },
  entity_tag_weak: { status: 412 },
  idempotency_key_malformed: { status: 400 },
  idempotency_key_in_use: { status: 409 },
  idempotency_key_reused: { status: 422 },
  not_found: { status: 404, hasProblemType: false },
  method_not_allowed: { status: 405, hasProblemType: false },
} as const satisfies Record<"unauthenticated" | HttpReason | RoomReason, { status: number; hasProblemType?: boolean }>;

type ErrorCode = OAuthErrorCode | keyof typeof PROBLEMS;

function oauthEntry(code: OAuthErrorCode): ErrorEntry {
  const places = OAUTH_PLACES[code];
  return {
    code,
    statuses: OAUTH_ERRORS[code].statuses,
    places,
    // What went wrong unexpectedly is of no known type.
    hasProblemType: places.includes("external") && code !== "server_error",
    sentences: sentencesOf(code),
  };
}

function sentencesOf(code: OAuthErrorCode): readonly ErrorSentence[] {
  const sentences: Readonly<Record<string, string>> =
    code in ERROR_SENTENCES ? ERROR_SENTENCES[code as keyof Sentences] : {};
  return Object.entries(sentences).map(([key, text]) => ({ key: key as ErrorSentence["key"], text }));
}

/** Every error that the machine API can answer with, in the order in which a developer meets them. */
export const ERROR_CATALOGUE: readonly ErrorEntry[] = [
  ...(Object.keys(OAUTH_PLACES) as OAuthErrorCode[]).map(oauthEntry),
  ...(Object.keys(PROBLEMS) as (keyof typeof PROBLEMS)[]).map((code): ErrorEntry => {
    const problem = PROBLEMS[code];
    const hasProblemType = !("hasProblemType" in problem);
    return { code, statuses: [problem.status], places: ["external"], hasProblemType, sentences: [] };
  }),
];
