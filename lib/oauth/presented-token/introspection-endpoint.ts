import type { AccessTokenClaims } from "../access-token/access-token";
import { type AccessTokenVerifierDeps, createAccessTokenVerifier } from "../access-token/access-token-verifier";
import type { EndpointResponse } from "../http/endpoint-response";
import { jsonResponse } from "../http/oauth-response";
import type { OAuthReason } from "../oauth-reason";
import type { ClientAuthenticationDeps, RefusedRequest, TokenRequestContext } from "../ports";
import {
  createPresentedTokenEndpoint,
  type PresentedToken,
  type PresentedTokenEndpoint,
  readPresentedToken,
} from "./presented-token-endpoint";

/**
 * What a token of ours is worth at this moment: the scopes it is good for and the e-mail address of the person, or the
 * reason why it is good for nothing.
 */
type LiveState = { isLive: true; scopes: readonly string[]; email: string } | { isLive: false; reason: OAuthReason };

export type TokenIntrospectedEvent<Context extends TokenRequestContext = TokenRequestContext> = {
  isActive: boolean;
  /** Why it is not active, for the log. */
  reason?: OAuthReason;
  clientId: string;
  context: Context;
};

export type IntrospectionEndpointDeps<Context extends TokenRequestContext = TokenRequestContext> =
  ClientAuthenticationDeps<Context> &
    AccessTokenVerifierDeps & {
      /** Asked anew in every call. Must be what the resource server itself asks, or the two would disagree. */
      readLiveState(claims: AccessTokenClaims): Promise<LiveState>;
      onTokenIntrospected(event: TokenIntrospectedEvent<Context>): void;
      onIntrospectionRefused(event: RefusedRequest<Context>): void;
    };

/**
 * The introspection endpoint, for a client that asks about its own tokens. Every other token, bad, over, revoked or
 * somebody else's, gets one and the same answer, from which nothing about it can be learned (RFC 7662 §2.2 and §4).
 *
 * @see https://www.rfc-editor.org/rfc/rfc7662#section-2
 */
export function createIntrospectionEndpoint<Context extends TokenRequestContext>(
  deps: IntrospectionEndpointDeps<Context>,
): PresentedTokenEndpoint<Context> {
  const verifyAccessToken = createAccessTokenVerifier(deps);

  return createPresentedTokenEndpoint(deps, deps.onIntrospectionRefused, async (presented) => {
    const read = await readPresentedToken(presented.token, verifyAccessToken);
    if (!("claims" in read)) return inactive(deps, presented, read.reason);
    const { claims } = read;
    const { client, context } = presented;
    if (claims.clientId !== client.clientId) return inactive(deps, presented, "token_of_another_client");
    const state = await deps.readLiveState(claims);
    if (!state.isLive) return inactive(deps, presented, state.reason);
    deps.onTokenIntrospected({ isActive: true, clientId: client.clientId, context });
    return jsonResponse(200, activeBody(claims, state));
  });
}

function inactive<Context extends TokenRequestContext>(
  deps: Pick<IntrospectionEndpointDeps<Context>, "onTokenIntrospected">,
  { client, context }: PresentedToken<Context>,
  reason: OAuthReason,
): EndpointResponse {
  const { clientId } = client;
  deps.onTokenIntrospected({ isActive: false, reason, clientId, context });
  return jsonResponse(200, { active: false });
}

/**
 * `scope` is what the token is good for now, which may be less than what it says itself. `username` is in no token: who
 * holds one that leaked does not learn whose it is, the application that asked for it knows.
 */
function activeBody(claims: AccessTokenClaims, { scopes, email }: Extract<LiveState, { isLive: true }>) {
  return {
    active: true,
    scope: scopes.join(" "),
    client_id: claims.clientId,
    username: email,
    sub: claims.subjectId,
    aud: claims.audience,
    iss: claims.issuer,
    exp: claims.expiresAt,
    iat: claims.issuedAt,
    jti: claims.tokenId,
    token_type: "Bearer",
  };
}
