import "server-only";

import { machine } from "./machine";

/** `GET /.well-known/oauth-authorization-server` of this process (RFC 8414). Takes every method. */
export function metadataEndpoint(request: Request): Promise<Response> {
  return machine().metadataEndpoint(request);
}

/** `GET /api/oauth/jwks` of this process (RFC 7517). Takes every method. */
export function jwksEndpoint(request: Request): Promise<Response> {
  return machine().jwksEndpoint(request);
}

/** `GET /.well-known/oauth-protected-resource/api/external/rooms` of this process (RFC 9728). Takes every method. */
export function protectedResourceEndpoint(request: Request): Promise<Response> {
  return machine().protectedResourceEndpoint(request);
}
