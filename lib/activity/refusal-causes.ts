import "server-only";

import type { RoomReason } from "@/lib/errors/app-reason";
import type { HttpReason } from "@/lib/http/http-reason";
import type { OAuthReason } from "@/lib/oauth/oauth-reason";
import type { ActivityKind } from "./activity.types";
import type { RefusalCause } from "./refusal-cause.types";

/** Everything with which the token endpoint and the external API can refuse. */
type CallReason = OAuthReason | HttpReason | RoomReason;

/** What is behind each reason with which a call can be refused; what it means can depend on what was asked for. */
export const CAUSES = {
  bad_tag: "wrongSecret",
  secret_not_live: "revokedCredential",
  credential_unknown: "revokedCredential",
  credential_compromised: "revokedCredential",
  credential_revoked: "revokedCredential",
  credential_expired: "revokedCredential",
  unknown_client: "switchedOff",
  inactive_client: "switchedOff",
  application_unknown: "switchedOff",
  application_inactive: "switchedOff",
  client_assertion_type_unsupported: "authenticationMethod",
  method_not_allowed: { tokens: "authenticationMethod", rooms: "request" },
  client_assertion_missing: "authenticationMethod",
  kid_malformed: "assertion",
  kid_needed: "assertion",
  iss_malformed: "assertion",
  iss_differs_from_sub: "assertion",
  assertion_replayed: "assertion",
  assertion_missing: "assertion",
  iss_differs_from_client: "assertion",
  not_compact_jws: "assertion",
  header_malformed: "assertion",
  header_member_refused: "assertion",
  payload_malformed: "assertion",
  wrong_type: "assertion",
  unknown_key: "assertion",
  wrong_algorithm: "assertion",
  bad_signature: "assertion",
  wrong_issuer: "assertion",
  wrong_audience: "assertion",
  sub_malformed: "assertion",
  jti_malformed: "assertion",
  expires_too_late: "clock",
  issued_too_early: "clock",
  iat_malformed: "clock",
  nbf_malformed: "clock",
  exp_malformed: "clock",
  issued_in_future: "clock",
  not_yet_valid: "clock",
  expired: "clock",
  grant_type_not_registered: "grant",
  unknown_resource: "audience",
  scope_missing: { tokens: "personMissing", rooms: "scopeNotAsked" },
  scope_malformed: "personMissing",
  subject_missing: "personMissing",
  subject_repeated: "personMissing",
  subject_malformed: "personMissing",
  subject_in_scope: "personMissing",
  requested_subject_malformed: "personMissing",
  requested_subject_differs: "personMissing",
  subject_denied: "person",
  subject_not_listed: "person",
  subject_is_staff: "person",
  subject_unknown: "person",
  subject_inactive: "person",
  subject_opted_out: "person",
  person_unknown: "person",
  person_inactive: "person",
  person_opted_out: "person",
  person_is_staff: "person",
  person_denied: "person",
  person_not_listed: "person",
  domain_not_allowed: "domain",
  scope_not_granted: "scopeNotGranted",
  scopes_empty: "scopeNotAsked",
  credential_version_differs: "revoked",
  token_revoked: "revoked",
  all_tokens_revoked: "revoked",
  person_tokens_revoked: "revoked",
  not_found: "notFound",
  room_not_found: "notFound",
  parameter_repeated: "request",
  media_type: "request",
  charset: "request",
  content_encoding: "request",
  body_not_utf8: "request",
  body_unreadable: "request",
  body_too_large: "request",
  form_malformed: "request",
  json_malformed: "request",
  json_not_string: "request",
  invalid: "request",
  page_invalid: "request",
  too_many_failures: "tooMany",
  quota_exceeded: "tooMany",
  client_id_differs: "ours",
  verification_overloaded: "ours",
  database_unavailable: "ours",
  unexpected_error: "ours",
  client_id_missing: "other",
  client_secret_missing: "other",
  authorization_scheme_unsupported: "other",
  basic_not_base64: "other",
  basic_not_utf8: "other",
  basic_without_colon: "other",
  basic_not_form_encoded: "other",
  credentials_malformed: "other",
  several_client_authentications: "other",
  client_id_mismatch: "other",
  client_gone: "other",
  revocation_not_stored: "other",
  parameter_in_query: "other",
  grant_type_missing: "other",
  grant_type_unsupported: "other",
  no_credentials: "other",
  bearer_malformed: "other",
  token_in_header_and_query: "other",
  token_missing: "other",
  token_of_another_client: "other",
  already_revoked: "other",
  token_too_long: "other",
  token_is_bound: "other",
  not_delegated: "other",
  act_differs: "other",
  user_id_differs: "other",
  client_id_malformed: "other",
  credential_id_malformed: "other",
  cv_malformed: "other",
  lifetime_refused: "other",
  condition_malformed: "other",
  idempotency_key_malformed: "other",
  idempotency_key_in_use: "other",
  idempotency_key_reused: "other",
  room_role_insufficient: "other",
  room_version_differs: "other",
  entity_tag_weak: "other",
  access_not_found: "other",
  access_exists: "other",
  accesses_too_many: "other",
  last_owner: "other",
  external_id_taken: "other",
  external_id_not_yours: "other",
} as const satisfies Record<CallReason, RefusalCause | Record<"tokens" | "rooms", RefusalCause>>;

/** Returns what is behind a stored outcome; `other` for one that this version does not know. */
export function toRefusalCause(kind: ActivityKind, reason: string): RefusalCause {
  if (!isCallReason(reason)) return "other";
  const cause = CAUSES[reason];
  if (typeof cause === "string") return cause;
  return kind === "rooms" ? cause.rooms : cause.tokens;
}

function isCallReason(reason: string): reason is CallReason {
  return Object.hasOwn(CAUSES, reason);
}

/** The stored outcomes with one cause: whatever was called, of the rooms API alone, and of everything else alone. */
export type OutcomesOfCause = {
  reasons: string[];
  ofRooms: string[];
  ofOthers: string[];
  /** Then they are those of all other causes, and it is what has none of them: codes of another version too. */
  isOther: boolean;
};

/** Returns with which outcomes requests are stored that have this cause: the other way round than `toRefusalCause`. */
export function outcomesOfCause(cause: RefusalCause): OutcomesOfCause {
  const isOther = cause === "other";
  const isMeant = (found: RefusalCause) => (isOther ? found !== "other" : found === cause);
  const reasonsWhere = (pick: (causes: (typeof CAUSES)[CallReason]) => RefusalCause | undefined) =>
    Object.entries(CAUSES).flatMap(([reason, causes]) => {
      const found = pick(causes);
      return found !== undefined && isMeant(found) ? [reason] : [];
    });
  return {
    reasons: reasonsWhere((causes) => (typeof causes === "string" ? causes : undefined)),
    ofRooms: reasonsWhere((causes) => (typeof causes === "string" ? undefined : causes.rooms)),
    ofOthers: reasonsWhere((causes) => (typeof causes === "string" ? undefined : causes.tokens)),
    isOther,
  };
}
