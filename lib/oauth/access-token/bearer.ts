import { parseAuthorizationHeader, quoteString } from "../http/auth-challenge";
import type { EndpointRequest } from "../http/endpoint-request";
import { OAuthError } from "../oauth-error";

// RFC 6750 §2.1: b64token.
const B64_TOKEN = /^[A-Za-z0-9\-._~+/]+=*$/;

// RFC 6750 §3: error, error_description and scope exclude the quotation mark and the backslash.
const ATTRIBUTE_TEXT = /^[\x20\x21\x23-\x5B\x5D-\x7E]*$/;

/**
 * The bearer token of a request, from the header alone; `undefined` when the request carries no bearer credentials. A
 * token in the query (RFC 6750 §2.3) or in the body (§2.2) counts as none, because URLs end up in logs.
 *
 * Throws `invalid_request` for a malformed Bearer header and for a token sent in the header and in the query at once.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6750#section-2.1
 */
export function readBearerToken(request: EndpointRequest): string | undefined {
  const authorization = parseAuthorizationHeader(request.headers);
  if (authorization?.scheme !== "bearer") return undefined;
  if (new URL(request.url).searchParams.has("access_token")) {
    throw new OAuthError("invalid_request", { reason: "token_in_header_and_query" });
  }
  if (!B64_TOKEN.test(authorization.credentials)) {
    throw new OAuthError("invalid_request", { reason: "bearer_malformed" });
  }
  return authorization.credentials;
}

/** The refusal of a request without credentials: 401, and a challenge without an error code (RFC 6750 §3.1). */
export function missingCredentials(): OAuthError {
  return new OAuthError("invalid_token", { reason: "no_credentials", isBareChallenge: true });
}

export type BearerChallenge = {
  realm: string;
  /** URL of the protected-resource metadata. RFC 9728 §5.1 */
  resourceMetadata?: string;
  error?: string;
  errorDescription?: string;
  /** Space-separated scopes that would be enough. */
  scope?: string | undefined;
};

/**
 * A `WWW-Authenticate: Bearer` value, each attribute at most once and always in the same order. Throws TypeError when a
 * value holds a character that RFC 6750 §3 excludes.
 */
export function bearerChallenge(challenge: BearerChallenge): string {
  const attributes = [`realm=${quoteString(challenge.realm)}`];
  if (challenge.resourceMetadata !== undefined) {
    attributes.push(`resource_metadata=${quoteString(challenge.resourceMetadata)}`);
  }
  if (challenge.error !== undefined) attributes.push(`error=${quotePlain(challenge.error)}`);
  if (challenge.errorDescription !== undefined) {
    attributes.push(`error_description=${quotePlain(challenge.errorDescription)}`);
  }
  if (challenge.scope !== undefined) attributes.push(`scope=${quotePlain(challenge.scope)}`);
  return `Bearer ${attributes.join(", ")}`;
}

/**
 * The challenge that goes with a refusal, or `undefined` for one that authentication would not change (429 and 5xx).
 *
 * @see https://www.rfc-editor.org/rfc/rfc6750#section-3.1
 */
export function bearerChallengeFor(
  error: OAuthError,
  resource: { realm: string; resourceMetadata?: string },
): string | undefined {
  if (error.status === 429 || error.status >= 500) return undefined;
  if (error.isBareChallenge) return bearerChallenge(resource);
  return bearerChallenge({
    ...resource,
    error: error.code,
    errorDescription: error.description,
    scope: error.requiredScope,
  });
}

function quotePlain(text: string): string {
  if (!ATTRIBUTE_TEXT.test(text)) throw new TypeError("A challenge attribute holds a forbidden character");
  return quoteString(text);
}
