import { basicChallenge } from "../http/auth-challenge";
import type { EndpointRequest } from "../http/endpoint-request";
import type { EndpointResponse } from "../http/endpoint-response";
import { answerPost, jsonResponse, requireErrorPage } from "../http/oauth-response";
import { secretEndHeader } from "../http/secret-end-header";
import type { AuthenticatedClient, TokenEndpointDeps, TokenRequestContext } from "../ports";
import { createTokenIssuer } from "./token-issuer";

export type TokenEndpoint<Context> = (request: EndpointRequest, context: Context) => Promise<EndpointResponse>;

/**
 * The token endpoint: RFC 6749 §3.2 around `createTokenIssuer`. It always answers; an unexpected failure, one while
 * reporting included, is `server_error` and never a token. Throws TypeError for a realm that no header, or an error
 * page that no body, can carry.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-3.2
 */
export function createTokenEndpoint<Context extends TokenRequestContext, Client extends AuthenticatedClient>(
  deps: TokenEndpointDeps<Context, Client>,
): TokenEndpoint<Context> {
  // A realm that cannot be quoted must stop the start, not turn every later refusal into an exception.
  basicChallenge(deps.realm);
  requireErrorPage(deps.errorPage);
  const issueToken = createTokenIssuer(deps);

  return async function tokenEndpoint(request, context) {
    return answerPost(request, deps, async () => {
      const token = await issueToken(request, context);
      // RFC 6749 §5.1
      const body = {
        access_token: token.accessToken,
        token_type: "Bearer",
        expires_in: token.expiresInSeconds,
        scope: token.scopes.join(" "),
      };
      return jsonResponse(200, body, secretEndHeader(token.secretEndsAt));
    });
  };
}
