import "server-only";

import { jsonResponse, oauthErrorResponse, optionsResponse, withoutBodyForHead } from "@/lib/oauth/http/oauth-response";
import { secretEndHeader } from "@/lib/oauth/http/secret-end-header";
import { toOAuthError } from "@/lib/oauth/oauth-error";
import type { AuthenticatedClient, TokenEndpointDeps, TokenRequestContext } from "@/lib/oauth/ports";
import type { TokenEndpoint } from "@/lib/oauth/token-endpoint/token-endpoint";
import { createTokenIssuer } from "@/lib/oauth/token-endpoint/token-issuer";
import { toUpstreamTokenRefusal } from "./token-refusal";

const METHODS = ["POST", "OPTIONS"];

/**
 * The token endpoint of La Suite Meet around the decisions of our own (docs/decisions/0011): the same checks, limits,
 * counters and tokens, with that API's statuses and bodies. Header fields are those of our endpoint.
 */
export function createCompatibleTokenEndpoint<Context extends TokenRequestContext, Client extends AuthenticatedClient>(
  deps: TokenEndpointDeps<Context, Client>,
): TokenEndpoint<Context> {
  const issueToken = createTokenIssuer(deps, { isScopeTrimmed: true });
  return async function compatibleTokenEndpoint(request, context) {
    if (request.method === "OPTIONS") return optionsResponse(METHODS);
    if (request.method !== "POST") {
      const body = { detail: "The method is not allowed here." };
      return withoutBodyForHead(request, jsonResponse(405, body, { Allow: METHODS.join(", ") }));
    }
    try {
      const { accessToken, expiresInSeconds, scopes, secretEndsAt } = await issueToken(request, context);
      const token = { access_token: accessToken, token_type: "Bearer", expires_in: expiresInSeconds };
      // That API leaves the member out where ours says that there is nothing in it.
      const body = scopes.length === 0 ? token : { ...token, scope: scopes.join(" ") };
      return jsonResponse(200, body, secretEndHeader(secretEndsAt));
    } catch (thrown) {
      const { status, body } = toUpstreamTokenRefusal(toOAuthError(thrown));
      const { "WWW-Authenticate": challenge, ...headers } = oauthErrorResponse(request, thrown, deps).headers;
      const isChallenged = status === 401 && challenge !== undefined;
      return {
        status,
        headers: isChallenged ? { ...headers, "WWW-Authenticate": challenge } : headers,
        body: JSON.stringify(body),
      };
    }
  };
}
