import "server-only";

import { machine } from "./machine";

/** `POST /api/oauth/token` of this process: RFC 6749 §4.4 with a delegated person. Takes every method. */
export function tokenEndpoint(request: Request): Promise<Response> {
  return machine().tokenEndpoint(request);
}

/** The same at the path, and in the words, of La Suite Meet. */
export function compatibleTokenEndpoint(request: Request): Promise<Response> {
  return machine().compatibleTokenEndpoint(request);
}
