import "server-only";

import { m2mApi } from "./m2m-api";

// The endpoints of this process, one for each path. Each takes every method and answers those it does not have with 405.

/** `POST /api/oauth/token`: RFC 6749 §4.4 with a delegated person. */
export function tokenEndpoint(request: Request): Promise<Response> {
  return m2mApi().tokenEndpoint(request);
}

/** The same at the path, and with the answers, of La Suite Meet. */
export function compatibleTokenEndpoint(request: Request): Promise<Response> {
  return m2mApi().compatibleTokenEndpoint(request);
}

/** `POST /api/oauth/introspect`: RFC 7662 for an application's own tokens. */
export function introspectionEndpoint(request: Request): Promise<Response> {
  return m2mApi().introspectionEndpoint(request);
}

/** `POST /api/oauth/revoke`: RFC 7009 for an application's own tokens. */
export function revocationEndpoint(request: Request): Promise<Response> {
  return m2mApi().revocationEndpoint(request);
}

/** `GET /.well-known/oauth-authorization-server`: RFC 8414. */
export function metadataEndpoint(request: Request): Promise<Response> {
  return m2mApi().metadataEndpoint(request);
}

/** `GET /api/oauth/jwks`: RFC 7517. */
export function jwksEndpoint(request: Request): Promise<Response> {
  return m2mApi().jwksEndpoint(request);
}

/** `GET /.well-known/oauth-protected-resource/api/external/rooms`: RFC 9728. */
export function protectedResourceEndpoint(request: Request): Promise<Response> {
  return m2mApi().protectedResourceEndpoint(request);
}
