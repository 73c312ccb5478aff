import { authenticateRequest, describeRefusal, readRequestParameters } from "../client/client-request";
import { basicChallenge } from "../http/auth-challenge";
import type { EndpointRequest } from "../http/endpoint-request";
import type { EndpointResponse } from "../http/endpoint-response";
import { answerPost, requireErrorPage } from "../http/oauth-response";
import { readParameter } from "../http/request-parameters";
import { isOAuthError, OAuthError, toOAuthError } from "../oauth-error";
import type { OAuthReason } from "../oauth-reason";
import type { AuthenticatedClient, ClientAuthenticationDeps, RefusedRequest, TokenRequestContext } from "../ports";

/** A token that an authenticated client presents. Nothing about the token has been checked. */
export type PresentedToken<Context extends TokenRequestContext = TokenRequestContext> = {
  token: string;
  client: AuthenticatedClient;
  context: Context;
};

export type PresentedTokenEndpoint<Context> = (request: EndpointRequest, context: Context) => Promise<EndpointResponse>;

/**
 * What the revocation and the introspection endpoint have in common: a POST in which a client proves who it is and then
 * presents a token. The client comes first, so a stranger learns nothing but that he is one. `token_type_hint` may be
 * sent and changes nothing: there is one type of token. It always answers, and each refusal is reported once.
 *
 * Throws TypeError for a realm that no header, or an error page that no body, can carry.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7009#section-2.1
 * @see https://www.rfc-editor.org/rfc/rfc7662#section-2.1
 */
export function createPresentedTokenEndpoint<Context extends TokenRequestContext>(
  deps: ClientAuthenticationDeps<Context>,
  onRefused: (refusal: RefusedRequest<Context>) => void,
  answer: (presented: PresentedToken<Context>) => Promise<EndpointResponse>,
): PresentedTokenEndpoint<Context> {
  basicChallenge(deps.realm);
  requireErrorPage(deps.errorPage);

  return async function presentedTokenEndpoint(request, context) {
    return answerPost(request, deps, async () => {
      let clientId: string | undefined;
      try {
        const parameters = await readRequestParameters(request);
        const client = await authenticateRequest(request, parameters, context, deps);
        clientId = client.clientId;
        const token = readParameter(parameters, "token");
        if (token === undefined) throw new OAuthError("invalid_request", { reason: "token_missing" });
        return await answer({ token, client, context });
      } catch (thrown) {
        const error = toOAuthError(thrown);
        onRefused(describeRefusal(error, clientId, context));
        throw error;
      }
    });
  };
}

/**
 * The claims of a presented token, or the reason why it is none of ours. Anything else that fails is rethrown: not being
 * able to tell is not the same as knowing that a token is bad.
 */
export async function readPresentedToken<Claims>(
  token: string,
  read: (token: string) => Promise<Claims>,
): Promise<{ claims: Claims } | { reason: OAuthReason }> {
  try {
    return { claims: await read(token) };
  } catch (thrown) {
    if (isOAuthError(thrown) && thrown.code === "invalid_token") return { reason: thrown.reason };
    throw thrown;
  }
}
