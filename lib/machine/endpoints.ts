import "server-only";

import { type EndpointHandler, everyMethod, type Method } from "@/lib/http/endpoint";
import { type M2mApi, m2mApi } from "./m2m-api";

// The resources of this process that are no part of the external API. Their endpoints answer every method.

const POST_ONLY: readonly Method[] = ["POST", "OPTIONS"];
const READ_ONLY: readonly Method[] = ["GET", "HEAD", "OPTIONS"];

/** `POST /api/oauth/token`: RFC 6749 §4.4 with a delegated person. */
export const tokenResource = everyMethod(endpoint("tokenEndpoint"), POST_ONLY);
/** The same at the path, and with the answers, of La Suite Meet. */
export const compatibleTokenResource = everyMethod(endpoint("compatibleTokenEndpoint"), POST_ONLY);
/** `POST /api/oauth/introspect`: RFC 7662 for an application's own tokens. */
export const introspectionResource = everyMethod(endpoint("introspectionEndpoint"), POST_ONLY);
/** `POST /api/oauth/revoke`: RFC 7009 for an application's own tokens. */
export const revocationResource = everyMethod(endpoint("revocationEndpoint"), POST_ONLY);
/** `GET /.well-known/oauth-authorization-server`: RFC 8414. */
export const metadataResource = everyMethod(endpoint("metadataEndpoint"), READ_ONLY);
/** `GET /api/oauth/jwks`: RFC 7517. */
export const jwksResource = everyMethod(endpoint("jwksEndpoint"), READ_ONLY);
/** `GET /.well-known/oauth-protected-resource/api/external/rooms`: RFC 9728. */
export const protectedResourceResource = everyMethod(endpoint("protectedResourceEndpoint"), READ_ONLY);

function endpoint(name: keyof M2mApi & `${string}Endpoint`): EndpointHandler {
  return (request) => m2mApi()[name](request);
}
