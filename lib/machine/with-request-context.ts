import "server-only";

import { requestContext } from "@/lib/http/request-context";
import type { EndpointRequest } from "@/lib/oauth/http/endpoint-request";
import { type EndpointResponse, withHeaders } from "@/lib/oauth/http/endpoint-response";
import type { M2mRequestContext } from "./client/authenticate-client";

export type Endpoint = (request: EndpointRequest) => Promise<EndpointResponse>;

/**
 * An endpoint of the protocol core as the HTTP layer calls it: told who asks and when the asker has gone, and with what
 * is to be said about quotas in its answer.
 */
export function withRequestContext(
  endpoint: (request: EndpointRequest, context: M2mRequestContext) => Promise<EndpointResponse>,
): Endpoint {
  return async function endpointInContext(request) {
    const { clientAddress, requestId } = requestContext();
    const answerFields: Record<string, string> = {};
    const response = await endpoint(request, { clientAddress, requestId, signal: request.signal, answerFields });
    return withHeaders(response, answerFields);
  };
}
