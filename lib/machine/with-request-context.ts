import "server-only";

import { requestContext } from "@/lib/http/request-context";
import type { EndpointRequest } from "@/lib/oauth/http/endpoint-request";
import type { M2mRequestContext } from "./client/authenticate-client";

export type Endpoint = (request: EndpointRequest) => Promise<Response>;

/**
 * An endpoint of the protocol core as the HTTP layer calls it: told who asks and when the asker has gone, and with what
 * is to be said about quotas in its answer.
 */
export function withRequestContext(
  endpoint: (request: EndpointRequest, context: M2mRequestContext) => Promise<Response>,
): Endpoint {
  return async function endpointInContext(request) {
    const { clientAddress, requestId } = requestContext();
    const answerFields = new Headers();
    const response = await endpoint(request, { clientAddress, requestId, signal: request.signal, answerFields });
    for (const [name, value] of answerFields) response.headers.set(name, value);
    return response;
  };
}
