import "server-only";

import { exhaustedRateLimitHeaders } from "@/lib/http/rate-limiter";
import { requestContext } from "@/lib/http/request-context";
import type { MachineRequestContext } from "./authenticate-client";
import { CLIENT_FAILURES } from "./failure-limits";

/**
 * An endpoint of the protocol core as the HTTP layer calls it: told who asks and when the asker has gone, and with the
 * quota in the answer to somebody who has used it up.
 */
export function withRequestContext(
  endpoint: (request: Request, context: MachineRequestContext) => Promise<Response>,
): (request: Request) => Promise<Response> {
  return async function endpointInContext(request) {
    const { clientAddress, requestId } = requestContext();
    const response = await endpoint(request, { clientAddress, requestId, signal: request.signal });
    return response.status === 429 ? withRateLimitFields(response) : response;
  };
}

function withRateLimitFields(response: Response): Response {
  const retryAfterSeconds = Number(response.headers.get("Retry-After"));
  for (const [name, value] of Object.entries(exhaustedRateLimitHeaders(CLIENT_FAILURES, retryAfterSeconds))) {
    response.headers.set(name, value);
  }
  return response;
}
