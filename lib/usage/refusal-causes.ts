import "server-only";

import { type CallKind, FAILURES_OF_OURS } from "./usage.types";

/** What may be behind a refusal, in as many words as staff need: many codes have the same remedy. */
export const REFUSAL_CAUSES = [
  "wrongSecret",
  "endedCredential",
  "switchedOff",
  "authenticationMethod",
  "assertion",
  "clock",
  "grant",
  "audience",
  "personMissing",
  "person",
  "domain",
  "scopeNotGranted",
  "scopeNotAsked",
  "revoked",
  "notFound",
  "request",
  "tooMany",
  "ours",
  "other",
] as const;
export type RefusalCause = (typeof REFUSAL_CAUSES)[number];

/** The codes of the log inventory by cause. What a code means can depend on where it comes from: `kind:code` wins. */
export const CODES_OF_CAUSES: Readonly<Record<Exclude<RefusalCause, "other">, string>> = {
  wrongSecret: "bad_tag",
  endedCredential: "secret_not_live credential_ended credential_expired credential_unknown credential_compromised",
  switchedOff: "inactive_client application_inactive application_unknown unknown_client",
  authenticationMethod: "tokens:method_not_allowed client_assertion_type_unsupported client_assertion_missing",
  assertion:
    "kid_malformed kid_needed iss_malformed iss_differs_from_sub iss_differs_from_client assertion_missing assertion_replayed " +
    "unknown_key wrong_algorithm bad_signature wrong_issuer wrong_audience wrong_type jti_malformed sub_malformed " +
    "not_compact_jws header_malformed header_member_refused payload_malformed",
  clock:
    "expired not_yet_valid issued_in_future expires_too_late issued_too_early exp_malformed iat_malformed nbf_malformed",
  grant: "grant_type_not_registered",
  audience: "unknown_resource",
  personMissing:
    "tokens:scope_missing scope_malformed subject_missing subject_repeated subject_malformed subject_in_scope",
  person:
    "subject_denied subject_not_listed subject_unknown subject_inactive subject_opted_out subject_is_staff person_unknown person_inactive " +
    "person_opted_out person_is_staff person_denied person_not_listed",
  domain: "domain_not_allowed",
  scopeNotGranted: "scope_not_granted",
  scopeNotAsked: "rooms:scope_missing scopes_empty",
  revoked: "token_revoked credential_version_differs all_tokens_ended person_tokens_ended",
  notFound: "room_not_found not_found",
  request:
    "invalid page_invalid rooms:method_not_allowed media_type charset content_encoding body_not_utf8 body_unreadable " +
    "body_too_large form_malformed json_malformed json_not_string parameter_repeated",
  tooMany: "too_many_failures quota_exceeded",
  ours: FAILURES_OF_OURS.join(" "),
};

const CAUSES = new Map<string, RefusalCause>(
  REFUSAL_CAUSES.flatMap((cause) =>
    cause === "other" ? [] : CODES_OF_CAUSES[cause].split(" ").map((code): [string, RefusalCause] => [code, cause]),
  ),
);

/** Returns what is behind a reason code; `other` for one that nobody has explained yet. */
export function toRefusalCause(kind: CallKind, reason: string): RefusalCause {
  return CAUSES.get(`${kind}:${reason}`) ?? CAUSES.get(reason) ?? "other";
}
