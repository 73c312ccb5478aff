import "server-only";

import { machine } from "./machine";

/** `POST /api/oauth/revoke` of this process: RFC 7009 for an application's own tokens. Takes every method. */
export function revocationEndpoint(request: Request): Promise<Response> {
  return machine().revocationEndpoint(request);
}
