import { CLIENT_AUTHENTICATION_METHODS, GRANT_TYPES } from "./client/client-metadata";
import type { EndpointRequest } from "./http/endpoint-request";
import type { EndpointResponse } from "./http/endpoint-response";
import { answerGet, jsonResponse, oauthErrorResponse, withoutBodyForHead } from "./http/oauth-response";
import { ASSERTION_ALGORITHMS } from "./jose/jwk";
import { type KeyRing, publicJwks } from "./jose/signing-key";

/** Short enough for a new key to be seen well before it signs, long enough to spare every verifier a request. */
export const JWKS_MAX_AGE_SECONDS = 600;

export type MetadataEndpointDeps = {
  /** Published byte for byte. RFC 8414 §2: https, without query and fragment; http is for loopback hosts only. */
  issuer: string;
  tokenEndpoint: string;
  revocationEndpoint: string;
  introspectionEndpoint: string;
  jwksUri: string;
  supportedScopes: readonly string[];
  /** Absolute URL of what developers should read. */
  serviceDocumentation?: string;
  /** As in `RefusalOptions`. */
  errorPage?: string | undefined;
};

/**
 * Authorization server metadata, made from configuration alone: no header of a request can change a byte of it. Lists
 * only what exists. Throws TypeError for an issuer that RFC 8414 does not allow.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8414#section-2
 */
export function createMetadataEndpoint(
  deps: MetadataEndpointDeps,
): (request: EndpointRequest) => Promise<EndpointResponse> {
  requireIssuer(deps.issuer);
  const document = {
    issuer: deps.issuer,
    token_endpoint: deps.tokenEndpoint,
    jwks_uri: deps.jwksUri,
    // RFC 8414 §3.2 leaves out members without elements.
    ...(deps.supportedScopes.length === 0 ? {} : { scopes_supported: deps.supportedScopes }),
    // The one required member that is empty: there is no authorization endpoint.
    response_types_supported: [],
    // Our own member, after the manner of request_parameter_supported (OpenID Connect Discovery §3).
    requested_subject_parameter_supported: true,
    grant_types_supported: GRANT_TYPES,
    ...(deps.serviceDocumentation === undefined ? {} : { service_documentation: deps.serviceDocumentation }),
    token_endpoint_auth_methods_supported: CLIENT_AUTHENTICATION_METHODS,
    token_endpoint_auth_signing_alg_values_supported: ASSERTION_ALGORITHMS,
    revocation_endpoint: deps.revocationEndpoint,
    revocation_endpoint_auth_methods_supported: CLIENT_AUTHENTICATION_METHODS,
    revocation_endpoint_auth_signing_alg_values_supported: ASSERTION_ALGORITHMS,
    introspection_endpoint: deps.introspectionEndpoint,
    introspection_endpoint_auth_methods_supported: CLIENT_AUTHENTICATION_METHODS,
    introspection_endpoint_auth_signing_alg_values_supported: ASSERTION_ALGORITHMS,
  };
  return async function metadataEndpoint(request) {
    return answerGet(request, deps, async () => jsonResponse(200, document));
  };
}

export type JwksEndpointDeps = {
  keyRing: () => Promise<KeyRing>;
  /** As in `RefusalOptions`. */
  errorPage?: string | undefined;
  /** Told why the ring could not be read; the caller is told nothing. */
  onError?: (cause: unknown) => void;
};

/**
 * The public keys that verify our tokens, cacheable for ten minutes. A failing ring is answered as an error that no
 * cache keeps.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7517#section-5
 */
export function createJwksEndpoint(deps: JwksEndpointDeps): (request: EndpointRequest) => Promise<EndpointResponse> {
  return async function jwksEndpoint(request) {
    try {
      return await answerGet(request, deps, async () => cacheable(publicJwks(await deps.keyRing())));
    } catch (thrown) {
      deps.onError?.(thrown);
      return withoutBodyForHead(
        request,
        oauthErrorResponse(request, thrown, { realm: "jwks", errorPage: deps.errorPage }),
      );
    }
  };
}

function cacheable(body: unknown): EndpointResponse {
  const response = jsonResponse(200, body, { "Cache-Control": `public, max-age=${JWKS_MAX_AGE_SECONDS}` });
  // RFC 9111 §5.4: Pragma would contradict it for old caches.
  const { Pragma: _, ...headers } = response.headers;
  return { ...response, headers };
}

function requireIssuer(issuer: string): void {
  const url = new URL(issuer);
  const isLoopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(url.hostname);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLoopback)) {
    throw new TypeError("The issuer must be an https URL");
  }
  if (/[?#]/.test(issuer)) throw new TypeError("The issuer must have neither a query nor a fragment");
}
