import "server-only";

import type { ActivityKind } from "@/lib/activity/activity.types";
import type { M2mRequestContext } from "@/lib/machine/client/authenticate-client";
import type { EndpointRequest } from "@/lib/oauth/http/endpoint-request";
import type { EndpointResponse } from "@/lib/oauth/http/endpoint-response";
import { isOAuthError } from "@/lib/oauth/oauth-error";
import type { AuthenticatedClient, ClientAuthenticationDeps, PresentedCredentials } from "@/lib/oauth/ports";
import { type CallRecorder, noteRefusal, type TracedContext } from "./call-trace";

/** An endpoint of the protocol core that leaves a row for each request on which it has decided. */
export function traceEndpoint(
  activity: CallRecorder,
  { kind, path }: { kind: ActivityKind; path: string },
  endpoint: (request: EndpointRequest, context: TracedContext) => Promise<EndpointResponse>,
): (request: EndpointRequest, context: M2mRequestContext) => Promise<EndpointResponse> {
  return async function tracedEndpoint(request, context) {
    const trace = activity.begin({ kind, path, method: request.method });
    const { clientAddress, requestId, signal, answerFields } = context;
    const response = await endpoint(request, { clientAddress, requestId, signal, answerFields, trace });
    activity.end(trace, response.status, context);
    return response;
  };
}

/** The check of who a client is, which notes in the trace of the request who it said to be and what became of that. */
export function traceClient<Client extends AuthenticatedClient>(
  authenticate: ClientAuthenticationDeps<M2mRequestContext, Client>["authenticateClient"],
): ClientAuthenticationDeps<TracedContext, Client>["authenticateClient"] {
  return async function authenticateTraced(credentials, context, named) {
    const { trace } = context;
    trace.clientId = credentials.clientId;
    try {
      const client = await authenticate(credentials, context, named);
      trace.isProven = true;
      trace.applicationId = client.applicationId;
      trace.credentialId = client.credentialId;
      return client;
    } catch (thrown) {
      const reason = reasonOf(thrown);
      trace.isProven = isProven(credentials, reason);
      noteRefusal(trace, reason);
      throw thrown;
    }
  };
}

/** Behind too many failures, the last one: it says what is wrong, and the status that there were too many. */
function reasonOf(thrown: unknown): string {
  if (!isOAuthError(thrown)) return "unexpected_error";
  return thrown.reason === "too_many_failures" ? (thrown.detail ?? thrown.reason) : thrown.reason;
}

/** Whoever gets beyond the tag has a secret that was made here for this client. The quota is asked last of all. */
function isProven({ method }: PresentedCredentials, reason: string): boolean {
  return reason === "quota_exceeded" || (method !== "private_key_jwt" && reason !== "bad_tag");
}
