import type { OAuthReason } from "./oauth-reason";

/** Names of sentences that are for several reasons; whoever refuses with one of those gives it by name. */
type SharedSentence = AssertionSentence | "subject_refused" | "grant_invalid" | "outage" | "too_many_failures";

/** What is told of a claim to whoever has signed it. */
export const ASSERTION_SENTENCES = {
  claim_aud: "The aud claim of the assertion must be the issuer identifier of this server and nothing else.",
  claim_exp: "The exp claim of the assertion must be a time that is not past and at most 3600 seconds ahead.",
  claim_iat: "The iat claim of the assertion must be a time that is not ahead and at most 3600 seconds ago.",
  claim_nbf: "The nbf claim of the assertion must be a time that is not ahead.",
  claim_jti: "The jti claim of the assertion must be 1 to 255 ASCII characters that were not used before.",
} as const;

export type AssertionSentence = keyof typeof ASSERTION_SENTENCES;

/**
 * What `error_description` says where one code has many causes, in the order of the checks: by reason, or by a name of
 * its own where one sentence is for all the reasons that are not listed. Public, so it holds nothing that the caller
 * sent.
 */
export const ERROR_SENTENCES = {
  invalid_request: {
    grant_type_missing: "The grant_type parameter is required.",
    assertion_missing: "The assertion parameter is required.",
    token_missing: "The token parameter is required.",
    parameter_in_query: "Parameters must be sent in the request body, never in the URL.",
    parameter_repeated: "A parameter is included more than once.",
    several_client_authentications: "The client must authenticate in exactly one way.",
    client_id_mismatch: "The client identifiers in the header and in the body differ.",
    requested_subject_malformed: "The requested_subject parameter must hold one e-mail address.",
    requested_subject_differs: "The requested_subject parameter names another person than the rest of the request.",
    media_type: "The request body must be a form or a JSON object.",
    charset: "The request body must be encoded in UTF-8.",
    content_encoding: "A content coding is not supported.",
    body_not_utf8: "The request body is not valid UTF-8.",
    form_malformed: "The form body is not valid.",
    json_malformed: "The JSON body must be one object without repeated members.",
    json_not_string: "Every member of the JSON body must be a string or null.",
    body_too_large: "The request body is too large.",
    body_unreadable: "The request body could not be read.",
    method_not_allowed: "The method is not allowed here.",
    bearer_malformed: "The Authorization header is malformed.",
    token_in_header_and_query: "The access token must be sent in exactly one way.",
  },
  invalid_client: ASSERTION_SENTENCES,
  invalid_scope: {
    scope_missing: "The requested_subject parameter is required, or a scope that holds one e-mail address.",
    scope_malformed: "The scope parameter is malformed.",
    subject_missing: "The person to act for must be named, by requested_subject or in the scope.",
    subject_repeated: "The scope must hold exactly one e-mail address.",
    subject_malformed: "The e-mail address in the scope is not valid.",
    domain_not_allowed: "The application may not act for this e-mail domain.",
    subject_denied: "The deny list of the application holds this person.",
    subject_not_listed: "The allow list of the application does not hold this person.",
    scope_not_granted: "A requested scope is not granted to the application.",
    subject_refused: "This person cannot be acted for.",
    subject_in_scope: "The person to act for is named by the assertion, not by the scope.",
  },
  invalid_grant: {
    grant_invalid: "The grant is invalid or expired.",
    ...ASSERTION_SENTENCES,
    token_of_another_client: "The token was not issued to this client.",
  },
  temporarily_unavailable: {
    outage: "The server cannot answer now. Try again later.",
    too_many_failures: "Too many failed attempts. Try again later.",
  },
} as const satisfies Record<string, Partial<Record<OAuthReason | SharedSentence, string>>>;
