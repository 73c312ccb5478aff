import "server-only";

import { jsonResponse, withoutBodyForHead } from "@/lib/oauth/http/oauth-response";
import type { Endpoint } from "./with-request-context";

/** `endpoint`, or the same 404 for every method when the operator has switched the external API off. */
export function whenEnabled(isEnabled: boolean, endpoint: Endpoint): Endpoint {
  if (isEnabled) return endpoint;
  return async function notFoundEndpoint(request) {
    const body = { error: "invalid_request", error_description: "Not found.", detail: "Not found." };
    return withoutBodyForHead(request, jsonResponse(404, body));
  };
}
