import "server-only";

import { type M2mApi, m2mApi } from "./m2m-api";
import type { Endpoint } from "./with-request-context";

// The endpoints of this process, one for each path. Each takes every method and answers those it does not have with 405.

/** `POST /api/oauth/token`: RFC 6749 §4.4 with a delegated person. */
export const tokenEndpoint = endpoint("tokenEndpoint");
/** The same at the path, and with the answers, of La Suite Meet. */
export const compatibleTokenEndpoint = endpoint("compatibleTokenEndpoint");
/** `POST /api/oauth/introspect`: RFC 7662 for an application's own tokens. */
export const introspectionEndpoint = endpoint("introspectionEndpoint");
/** `POST /api/oauth/revoke`: RFC 7009 for an application's own tokens. */
export const revocationEndpoint = endpoint("revocationEndpoint");
/** `GET /.well-known/oauth-authorization-server`: RFC 8414. */
export const metadataEndpoint = endpoint("metadataEndpoint");
/** `GET /api/oauth/jwks`: RFC 7517. */
export const jwksEndpoint = endpoint("jwksEndpoint");
/** `GET /.well-known/oauth-protected-resource/api/external/rooms`: RFC 9728. */
export const protectedResourceEndpoint = endpoint("protectedResourceEndpoint");

function endpoint(name: keyof M2mApi & `${string}Endpoint`): Endpoint {
  return (request) => m2mApi()[name](request);
}
