import { parseAuthorizationHeader } from "../http/auth-challenge";
import { decodeBase64, decodeUtf8 } from "../http/base64";
import { decodeFormComponent } from "../http/form-encoding";
import { type RequestParameters, readParameter } from "../http/request-parameters";
import { OAuthError } from "../oauth-error";
import type { OAuthReason } from "../oauth-reason";
import type { PresentedCredentials, PresentedSecret } from "../ports";
import { readClientAssertion } from "./client-assertion";

// RFC 6749 appendix A.1 and A.2: *VSCHAR. It also keeps NUL and control characters away from databases and logs.
const CREDENTIAL = /^[\x20-\x7E]+$/;

/**
 * Reads what a client presents, by exactly one mechanism: `Authorization: Basic`, `client_id` and `client_secret` in the
 * body, or a `client_assertion`. Whether it is right is for the caller to find out.
 *
 * Throws `invalid_request` for two mechanisms at once or for two different client ids, and `invalid_client` for
 * everything else, malformed credentials included: an attempt that cannot be read is a failed attempt.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-2.3
 */
export function readClientCredentials(
  headers: Pick<Headers, "get">,
  parameters: RequestParameters,
): PresentedCredentials {
  const authorization = parseAuthorizationHeader(headers);
  const clientId = readParameter(parameters, "client_id");
  const clientSecret = readParameter(parameters, "client_secret");
  const hasAssertion = parameters.has("client_assertion") || parameters.has("client_assertion_type");

  const mechanisms = [authorization !== undefined, clientSecret !== undefined, hasAssertion];
  if (mechanisms.filter(Boolean).length > 1) {
    throw new OAuthError("invalid_request", { reason: "several_client_authentications" });
  }
  if (hasAssertion) {
    return readClientAssertion({
      type: readParameter(parameters, "client_assertion_type"),
      assertion: readParameter(parameters, "client_assertion"),
      clientId,
    });
  }
  if (authorization !== undefined) {
    if (authorization.scheme !== "basic") throw invalidClient("authorization_scheme_unsupported");
    return requireSameClient(decodeBasicCredentials(authorization.credentials), clientId);
  }
  if (clientId === undefined) throw invalidClient("client_id_missing");
  if (clientSecret === undefined) throw invalidClient("client_secret_missing");
  return requireWellFormed({ clientId, clientSecret, method: "client_secret_post" });
}

function decodeBasicCredentials(credentials: string): PresentedSecret {
  const bytes = decodeBase64(credentials);
  if (bytes === undefined) throw invalidClient("basic_not_base64");
  const text = decodeUtf8(bytes);
  if (text === undefined) throw invalidClient("basic_not_utf8");
  const colon = text.indexOf(":");
  if (colon === -1) throw invalidClient("basic_without_colon");
  // RFC 6749 §2.3.1: both halves were form-encoded before they were joined, so the first colon is the separator.
  const clientId = decodeFormComponent(text.slice(0, colon));
  const clientSecret = decodeFormComponent(text.slice(colon + 1));
  if (clientId === undefined || clientSecret === undefined) throw invalidClient("basic_not_form_encoded");
  return requireWellFormed({ clientId, clientSecret, method: "client_secret_basic" });
}

function requireWellFormed(credentials: PresentedSecret): PresentedSecret {
  if (!CREDENTIAL.test(credentials.clientId) || !CREDENTIAL.test(credentials.clientSecret)) {
    throw invalidClient("credentials_malformed");
  }
  return credentials;
}

/** RFC 6749 §3.2.1 lets `client_id` stand in the body beside the header, as long as both name the same client. */
function requireSameClient(credentials: PresentedSecret, bodyClientId: string | undefined): PresentedSecret {
  if (bodyClientId !== undefined && bodyClientId !== credentials.clientId) {
    throw new OAuthError("invalid_request", { reason: "client_id_mismatch" });
  }
  return credentials;
}

function invalidClient(reason: OAuthReason): OAuthError {
  return new OAuthError("invalid_client", { reason });
}
