import "server-only";

import { machine } from "./machine";

/** `POST /api/oauth/introspect` of this process: RFC 7662 for an application's own tokens. Takes every method. */
export function introspectionEndpoint(request: Request): Promise<Response> {
  return machine().introspectionEndpoint(request);
}
