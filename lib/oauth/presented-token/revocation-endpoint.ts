import type { AccessTokenClaims } from "../access-token/access-token";
import { type AccessTokenReaderDeps, createAccessTokenReader } from "../access-token/access-token-verifier";
import type { EndpointResponse } from "../http/endpoint-response";
import { emptyResponse } from "../http/oauth-response";
import { isOAuthError, OAuthError } from "../oauth-error";
import type { OAuthReason } from "../oauth-reason";
import type { AuthenticatedClient, ClientAuthenticationDeps, RefusedRequest, TokenRequestContext } from "../ports";
import {
  createPresentedTokenEndpoint,
  type PresentedToken,
  type PresentedTokenEndpoint,
  readPresentedToken,
} from "./presented-token-endpoint";

/**
 * Seconds after its end from which on a token is over by every clock that instances may have. Only then a revocation
 * need not be stored any more, and what is stored may be deleted.
 */
export const EXPIRED_FOR_GOOD_SECONDS = 300;

/** A token that its own application wants to be worth nothing. */
export type TokenRevocation<Context extends TokenRequestContext = TokenRequestContext> = {
  claims: AccessTokenClaims;
  /** Who asks; `credentialId` is the secret it was asked with, which may be another than the token's. */
  client: AuthenticatedClient;
  context: Context;
};

/** An answer of 200 that changed nothing (RFC 7009 §2.2). */
export type RevocationIgnoredEvent<Context extends TokenRequestContext = TokenRequestContext> = {
  reason: OAuthReason;
  clientId: string;
  context: Context;
};

export type RevocationEndpointDeps<Context extends TokenRequestContext = TokenRequestContext> =
  ClientAuthenticationDeps<Context> &
    AccessTokenReaderDeps & {
      /**
       * Stores the revocation so that every instance refuses the token in its next request; false when it was stored
       * before. Rejecting means that nothing is known to be stored: the client is told to come back.
       */
      revokeToken(revocation: TokenRevocation): Promise<boolean>;
      onTokenRevoked(event: TokenRevocation<Context>): void;
      onRevocationIgnored(event: RevocationIgnoredEvent<Context>): void;
      onRevocationRefused(event: RefusedRequest<Context>): void;
      now(): Date;
    };

/**
 * The revocation endpoint. 200 with an empty body for a token that is worth nothing now, whatever it was before;
 * `invalid_grant` for the token of another client, which stays as it is; 503 when the revocation could not be stored,
 * and never 200 then, because a client that was told so would stop worrying about a live token.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7009#section-2
 */
export function createRevocationEndpoint<Context extends TokenRequestContext>(
  deps: RevocationEndpointDeps<Context>,
): PresentedTokenEndpoint<Context> {
  const readAccessToken = createAccessTokenReader(deps);

  return createPresentedTokenEndpoint(deps, deps.onRevocationRefused, async (presented) => {
    const read = await readPresentedToken(presented.token, readAccessToken);
    if (!("claims" in read)) return ignore(deps, presented, read.reason);
    const { claims } = read;
    const { client, context } = presented;
    // RFC 7009 §2.1 leaves the code open. Silence would be worse: A must neither revoke a token of B nor believe it did.
    if (claims.clientId !== client.clientId)
      throw new OAuthError("invalid_grant", { reason: "token_of_another_client" });
    if (isOver(claims, deps.now())) return ignore(deps, presented, "expired");
    const isNew = await store(deps, { claims, client, context });
    if (!isNew) return ignore(deps, presented, "already_revoked");
    deps.onTokenRevoked({ claims, client, context });
    return emptyResponse();
  });
}

async function store(deps: Pick<RevocationEndpointDeps, "revokeToken">, revocation: TokenRevocation): Promise<boolean> {
  try {
    return await deps.revokeToken(revocation);
  } catch (thrown) {
    if (isOAuthError(thrown)) throw thrown;
    // RFC 7009 §2.2.1: after 503 the client must assume that the token still exists, and may try again.
    throw new OAuthError("temporarily_unavailable", { reason: "revocation_not_stored", cause: thrown });
  }
}

function ignore<Context extends TokenRequestContext>(
  deps: Pick<RevocationEndpointDeps<Context>, "onRevocationIgnored">,
  { client, context }: PresentedToken<Context>,
  reason: OAuthReason,
): EndpointResponse {
  deps.onRevocationIgnored({ reason, clientId: client.clientId, context });
  return emptyResponse();
}

function isOver(claims: AccessTokenClaims, now: Date): boolean {
  return (claims.expiresAt + EXPIRED_FOR_GOOD_SECONDS) * 1000 <= now.getTime();
}
