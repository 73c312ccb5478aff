import {
  ACCESS_TOKEN_TTL_SECONDS_MAX,
  ACCESS_TOKEN_TTL_SECONDS_MIN,
  type AccessTokenClaims,
  signAccessToken,
} from "./access-token";
import { readClientCredentials } from "./client-authentication";
import { OAuthError, toOAuthError } from "./oauth-error";
import type { AuthenticatedClient, TokenEndpointDeps, TokenRefusedEvent, TokenRequestContext } from "./ports";
import { readBodyEntries } from "./request-body";
import {
  collectParameters,
  type RequestParameters,
  readParameter,
  refuseQueryParameters,
  refuseRepeatedParameters,
} from "./request-parameters";
import { narrowScopes, parseScope, requireAllowedDomain } from "./scope";

/** What a successful request yields, before it is put on the wire. */
export type IssuedToken = { accessToken: string; expiresInSeconds: number; scopes: readonly string[] };

export type TokenIssuer = (request: Request, context: TokenRequestContext) => Promise<IssuedToken>;

/** What is known about a request that may still be refused. */
type Progress = { clientId?: string };

/**
 * The client credentials grant with a delegated person, from request to signed token. Rejects with an OAuthError and
 * nothing else; each outcome is reported once, through `onTokenIssued` or `onTokenRefused`. It knows nothing of methods
 * and response bodies, so that another wire format can be put around the same decisions.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-4.4
 */
export function createTokenIssuer(deps: TokenEndpointDeps): TokenIssuer {
  return async function issueToken(request, context) {
    const progress: Progress = {};
    try {
      return await runGrant(request, context, deps, progress);
    } catch (thrown) {
      const error = toOAuthError(thrown);
      deps.onTokenRefused(refusal(error, progress, context));
      throw error;
    }
  };
}

/**
 * The order of the checks. What precedes authentication depends on nothing but the request itself, the grant type
 * included, so it costs nothing and tells nothing; whatever depends on stored data comes after it.
 */
async function runGrant(
  request: Request,
  context: TokenRequestContext,
  deps: TokenEndpointDeps,
  progress: Progress,
): Promise<IssuedToken> {
  refuseQueryParameters(request);
  const entries = await readBodyEntries(request);
  refuseRepeatedParameters(entries);
  const parameters = collectParameters(entries);
  requireClientCredentialsGrant(parameters);

  const credentials = readClientCredentials(request.headers, parameters);
  const client = await deps.authenticateClient(credentials, context);
  requireSameClient(client, credentials.clientId);
  progress.clientId = client.clientId;

  requireKnownResource(parameters, deps.audience);
  const { subject, requestedScopes } = parseScope(readParameter(parameters, "scope"));
  const scopes = narrowScopes({ requested: requestedScopes, granted: client.scopes, supported: deps.supportedScopes });
  requireAllowedDomain(subject, client.allowedDomains);
  const person = await deps.resolveSubject(subject, client, context);

  return issue({ client, subjectId: person.id, scopes, context }, deps);
}

function requireClientCredentialsGrant(parameters: RequestParameters): void {
  const grantType = readParameter(parameters, "grant_type");
  if (grantType === undefined) {
    throw new OAuthError("invalid_request", {
      reason: "grant_type_missing",
      description: "The grant_type parameter is required.",
    });
  }
  if (grantType !== "client_credentials") {
    throw new OAuthError("unsupported_grant_type", { reason: "grant_type_unsupported" });
  }
}

/** An adapter that answers with another client than the one that proved itself must never lead to a token. */
function requireSameClient(client: AuthenticatedClient, presentedClientId: string): void {
  if (client.clientId !== presentedClientId) throw new OAuthError("server_error", { reason: "client_id_differs" });
}

/** RFC 8707 §2. Every value must be the one audience that exists: no token is ever good for two. */
function requireKnownResource(parameters: RequestParameters, audience: string): void {
  const resources = parameters.get("resource") ?? [];
  if (!resources.every((resource) => resource === audience)) {
    throw new OAuthError("invalid_target", { reason: "unknown_resource" });
  }
}

async function issue(
  grant: { client: AuthenticatedClient; subjectId: string; scopes: readonly string[]; context: TokenRequestContext },
  deps: TokenEndpointDeps,
): Promise<IssuedToken> {
  const { client, subjectId, scopes, context } = grant;
  const issuedAt = Math.floor(deps.now().getTime() / 1000);
  const expiresInSeconds = clampTtlSeconds(client.accessTokenTtlSeconds);
  const claims: AccessTokenClaims = {
    issuer: deps.issuer,
    audience: deps.audience,
    subjectId,
    clientId: client.clientId,
    scopes,
    credentialId: client.credentialId,
    credentialVersion: client.credentialVersion,
    tokenId: deps.randomId(),
    issuedAt,
    expiresAt: issuedAt + expiresInSeconds,
  };
  const accessToken = await signAccessToken(await deps.keyRing(), claims);
  await deps.onTokenIssued({
    type: "token_issued",
    clientId: client.clientId,
    applicationId: client.applicationId,
    credentialId: client.credentialId,
    subjectId,
    scopes,
    jti: claims.tokenId,
    expiresAt: new Date(claims.expiresAt * 1000),
    context,
  });
  return { accessToken, expiresInSeconds, scopes };
}

function clampTtlSeconds(seconds: number): number {
  return Math.min(ACCESS_TOKEN_TTL_SECONDS_MAX, Math.max(ACCESS_TOKEN_TTL_SECONDS_MIN, Math.floor(seconds)));
}

function refusal(error: OAuthError, progress: Progress, context: TokenRequestContext): TokenRefusedEvent {
  return {
    type: "token_refused",
    code: error.code,
    reason: error.reason,
    ...(error.detail === undefined ? {} : { detail: error.detail }),
    ...(progress.clientId === undefined ? {} : { clientId: progress.clientId }),
    ...(error.cause === undefined ? {} : { cause: error.cause }),
    context,
  };
}
