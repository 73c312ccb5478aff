import "server-only";

import type { ApplicationActor } from "@/lib/audit/actor";
import { requestContext } from "@/lib/http/request-context";
import type { TokenOwner } from "@/lib/machine/problems/call-fields";
import { orOutage } from "@/lib/machine/problems/database-outage";
import type { AccessTokenClaims } from "@/lib/oauth/access-token/access-token";
import { missingCredentials, readBearerToken } from "@/lib/oauth/access-token/bearer";
import type { DomainLimit } from "@/lib/oauth/domain-limit";
import type { EndpointRequest } from "@/lib/oauth/http/endpoint-request";
import { OAuthError } from "@/lib/oauth/oauth-error";
import { type Authority, decideAuthority } from "./authority";

/** Who calls, on whose behalf, and what for. */
export type BearerGrant = {
  actor: ApplicationActor;
  clientId: string;
  applicationName: string;
  /** The address of the person acted for. */
  personEmail: string;
  tokenExpiresAt: Date;
  /** The secret or key that obtained the token. */
  credentialId: string;
  /** When that stops working; null when no end is set. */
  credentialEndsAt: Date | null;
  /** Scopes of the token that the application still has. */
  scopes: readonly string[];
  /** Of the people whom the application may name. */
  domains: DomainLimit;
};

/** `onProven` is told of the token's owner before it is asked what the token is good for. */
export type BearerAuthenticator = (
  request: EndpointRequest,
  onProven?: (owner: TokenOwner) => void,
) => Promise<BearerGrant>;

/**
 * Makes the check of a bearer token: signature and claims first, then live authority, read from the database in every
 * call. Throws `invalid_token` with one public sentence for each of the many reasons, a bare challenge when there are no
 * credentials, and 503 when the database cannot be asked: a token nobody vouches for is not accepted.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6750#section-3.1
 */
export function createBearerAuthenticator(deps: {
  verifyAccessToken(token: string): Promise<AccessTokenClaims>;
  findAuthority(claims: AccessTokenClaims): Promise<Authority | null>;
  now(): Date;
}): BearerAuthenticator {
  return async function authenticateBearer(request, onProven) {
    const token = readBearerToken(request);
    if (token === undefined) throw missingCredentials();
    const claims = await deps.verifyAccessToken(token);
    onProven?.({ clientId: claims.clientId, personId: claims.subjectId, credentialId: claims.credentialId });
    const decision = decideAuthority(claims, await orOutage(() => deps.findAuthority(claims)), deps.now());
    if (!decision.isLive) throw new OAuthError("invalid_token", { reason: decision.reason });
    const { clientAddress: ip, requestId } = requestContext();
    return {
      actor: { kind: "application", id: decision.applicationId, personId: decision.personId, ip, requestId },
      clientId: claims.clientId,
      applicationName: decision.applicationName,
      personEmail: decision.email,
      tokenExpiresAt: new Date(claims.expiresAt * 1_000),
      credentialEndsAt: decision.credentialEndsAt,
      credentialId: claims.credentialId,
      scopes: decision.scopes,
      domains: decision.domains,
    };
  };
}
