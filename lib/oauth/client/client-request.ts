import type { EmailAddress } from "../email-address";
import type { EndpointRequest } from "../http/endpoint-request";
import { readBodyEntries } from "../http/request-body";
import {
  collectParameters,
  type RequestParameters,
  refuseQueryParameters,
  refuseRepeatedParameters,
} from "../http/request-parameters";
import { OAuthError } from "../oauth-error";
import type { AuthenticatedClient, ClientAuthenticationDeps, RefusedRequest, TokenRequestContext } from "../ports";
import { readClientCredentials } from "./client-authentication";

/**
 * The parameters of a request to the token, revocation or introspection endpoint. They come from the body alone, each
 * recognised one at most once. Throws `invalid_request`.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-3.2
 */
export async function readRequestParameters(request: EndpointRequest): Promise<RequestParameters> {
  refuseQueryParameters(request);
  const entries = await readBodyEntries(request);
  refuseRepeatedParameters(entries);
  return collectParameters(entries);
}

/**
 * The client that sent a request, once it has proved itself. `named` is handed on as `authenticateClient` wants it.
 * Throws what `readClientCredentials` and `authenticateClient` throw.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-2.3
 */
export async function authenticateRequest<Context extends TokenRequestContext, Client extends AuthenticatedClient>(
  request: EndpointRequest,
  parameters: RequestParameters,
  context: Context,
  deps: Pick<ClientAuthenticationDeps<Context, Client>, "authenticateClient">,
  named?: EmailAddress,
): Promise<Client> {
  const credentials = readClientCredentials(request.headers, parameters);
  const client = await deps.authenticateClient(credentials, context, named);
  // An adapter that answers with another client than the one that proved itself must never lead to anything.
  if (client.clientId !== credentials.clientId) throw new OAuthError("server_error", { reason: "client_id_differs" });
  return client;
}

/** What is reported about a refusal. `clientId` only for a client that has proved itself. */
export function describeRefusal<Context extends TokenRequestContext>(
  error: OAuthError,
  clientId: string | undefined,
  context: Context,
): RefusedRequest<Context> {
  return {
    code: error.code,
    reason: error.reason,
    ...(error.detail === undefined ? {} : { detail: error.detail }),
    ...(clientId === undefined ? {} : { clientId }),
    ...(error.cause === undefined ? {} : { cause: error.cause }),
    context,
  };
}
