import {
  ACCESS_TOKEN_TTL_SECONDS_MAX,
  ACCESS_TOKEN_TTL_SECONDS_MIN,
  type AccessTokenClaims,
  signAccessToken,
} from "../access-token/access-token";
import { GRANT_TYPES, type GrantType, JWT_BEARER_GRANT } from "../client/client-metadata";
import { authenticateRequest, describeRefusal, readRequestParameters } from "../client/client-request";
import { DOMAIN_RULE } from "../delegation-rules";
import type { EmailAddress } from "../email-address";
import type { EndpointRequest } from "../http/endpoint-request";
import { type RequestParameters, readParameter } from "../http/request-parameters";
import { OAuthError, toOAuthError } from "../oauth-error";
import type { AuthenticatedClient, TokenEndpointDeps, TokenIssuedEvent, TokenRequestContext } from "../ports";
import { type Rule, requireRules } from "../rule";
import { narrowScopes, type ParsedScope, parseRequestedScopes, parseRequestedSubject, parseScope } from "../scope";
import { asGrantRefusal, redeemSignedDelegation } from "./jwt-bearer-grant";

/** What a successful request yields, before it is put on the wire. */
type IssuedToken = {
  accessToken: string;
  expiresInSeconds: number;
  scopes: readonly string[];
  /** When the secret of this request stops working, if its holder is to be told. */
  secretEndsAt: Date | null;
};

export type TokenIssuer<Context> = (request: EndpointRequest, context: Context) => Promise<IssuedToken>;

/** What another API, whose clients we serve, reads otherwise than RFC 6749 does. */
export type TokenDialect = {
  /** White space around the value of `scope` is not part of it. */
  isScopeTrimmed?: boolean;
};

/** What is known about a request that may still be refused. */
type Attempt = { clientId?: string; subjectDomain?: string };

/** For whom a token is asked, for what, and which credential vouches for that. */
type Delegation = { subject: EmailAddress; requestedScopes: readonly string[]; credentialId: string };

/**
 * A token for a delegated person, from request to signature. The person is named by `requested_subject` or in the scope
 * (client credentials grant), or by an assertion that the client has signed (JWT bearer grant). Rejects with an
 * OAuthError and nothing else; each outcome is reported once, through `onTokenIssued` or `onTokenRefused`. It knows
 * nothing of methods and response bodies, so that another wire format can be put around the same decisions.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-4.4
 * @see https://www.rfc-editor.org/rfc/rfc7523#section-2.1
 */
export function createTokenIssuer<Context extends TokenRequestContext, Client extends AuthenticatedClient>(
  deps: TokenEndpointDeps<Context, Client>,
  dialect: TokenDialect = {},
): TokenIssuer<Context> {
  const grantDeps = { ...deps, ...dialect };
  return async function issueToken(request, context) {
    const attempt: Attempt = {};
    try {
      return await runGrant(request, context, grantDeps, attempt);
    } catch (thrown) {
      const error = toOAuthError(thrown);
      const { clientId, subjectDomain } = attempt;
      const isForDomain = subjectDomain !== undefined && error.reason === "domain_not_allowed";
      deps.onTokenRefused({
        ...describeRefusal(error, clientId, context),
        ...(isForDomain ? { refusedDomain: subjectDomain } : {}),
      });
      throw error;
    }
  };
}

/**
 * The order of the checks. What precedes authentication depends on nothing but the request itself, the grant type
 * included, so it costs nothing and tells nothing; whatever depends on stored data comes after it. The scope is read
 * before as well, for the person in it, but what is wrong with it is told in its turn.
 */
async function runGrant<Context extends TokenRequestContext, Client extends AuthenticatedClient>(
  request: EndpointRequest,
  context: Context,
  deps: TokenEndpointDeps<Context, Client> & TokenDialect,
  attempt: Attempt,
): Promise<IssuedToken> {
  const sent = await readRequestParameters(request);
  const parameters = deps.isScopeTrimmed ? withTrimmedScope(sent) : sent;
  const grantType = requireKnownGrant(parameters);

  const isSigned = grantType === JWT_BEARER_GRANT;
  const scope = isSigned ? undefined : readScope(parameters);

  const client = await authenticateRequest(request, parameters, context, deps, scope?.parsed?.subject);
  attempt.clientId = client.clientId;

  requireRules([GRANT_RULE], { grantTypes: client.grantTypes, grantType });
  requireKnownResource(parameters, deps.audience);
  const delegation =
    scope === undefined
      ? await readSignedDelegation(parameters, client, deps, context)
      : readScopedDelegation(scope, client);
  const { subject, requestedScopes: requested, credentialId } = delegation;
  attempt.subjectDomain = subject.domain;
  const scopes = narrowScopes({ requested, granted: client.scopes, supported: deps.supportedScopes });
  const person = await resolvePerson(subject, client, deps, context).catch((thrown: unknown) => {
    throw isSigned ? asGrantRefusal(thrown) : thrown;
  });
  return issue({ client, grantType, credentialId, subjectId: person.id, scopes, context }, deps);
}

/** A scope of nothing but white space is then no scope, as an empty one is. */
function withTrimmedScope(sent: RequestParameters): RequestParameters {
  const trimmed = new Map(sent);
  const scope = readParameter(sent, "scope")?.trim();
  if (scope) trimmed.set("scope", [scope]);
  else trimmed.delete("scope");
  return trimmed;
}

function requireKnownGrant(parameters: RequestParameters): GrantType {
  const presented = readParameter(parameters, "grant_type");
  if (presented === undefined) throw new OAuthError("invalid_request", { reason: "grant_type_missing" });
  const grantType = GRANT_TYPES.find((known) => known === presented);
  if (grantType === undefined) throw new OAuthError("unsupported_grant_type", { reason: "grant_type_unsupported" });
  return grantType;
}

/** RFC 6749 §5.2: what exists here is not therefore everybody's to use. */
export const GRANT_RULE: Rule<"grant", { grantTypes: readonly GrantType[]; grantType: GrantType }> = {
  name: "grant",
  holds: ({ grantTypes, grantType }) => grantTypes.includes(grantType),
  refusal: () => new OAuthError("unauthorized_client", { reason: "grant_type_not_registered" }),
};

/** Whom and what a request names, or why that could not be read. */
type ReadScope = { parsed: ParsedScope; refusal?: never } | { parsed?: never; refusal: unknown };

function readScope(parameters: RequestParameters): ReadScope {
  try {
    const named = parseRequestedSubject(readParameter(parameters, "requested_subject"));
    return { parsed: parseScope(readParameter(parameters, "scope"), named) };
  } catch (refusal) {
    return { refusal };
  }
}

function readScopedDelegation({ parsed, refusal }: ReadScope, { credentialId }: AuthenticatedClient): Delegation {
  if (parsed === undefined) throw refusal;
  return { ...parsed, credentialId };
}

async function readSignedDelegation<Context extends TokenRequestContext, Client extends AuthenticatedClient>(
  parameters: RequestParameters,
  client: Client,
  deps: TokenEndpointDeps<Context, Client>,
  context: Context,
): Promise<Delegation> {
  // The scope first: an assertion is good for one request, and a misspelt scope should not cost it.
  const requestedScopes = parseRequestedScopes(readParameter(parameters, "scope"));
  const { subject, keyId } = await redeemSignedDelegation(parameters, client, deps, context);
  return { subject, requestedScopes, credentialId: keyId };
}

async function resolvePerson<Context extends TokenRequestContext, Client extends AuthenticatedClient>(
  subject: EmailAddress,
  client: Client,
  deps: TokenEndpointDeps<Context, Client>,
  context: Context,
): Promise<{ id: string }> {
  // Before the database is asked. The rest of the rules are asked where what they judge is read.
  requireRules([DOMAIN_RULE], { domain: subject.domain, allowedDomains: client.allowedDomains });
  return deps.resolveSubject(subject, client, context);
}

/** RFC 8707 §2. Every value must be the one audience that exists: no token is ever good for two. */
function requireKnownResource(parameters: RequestParameters, audience: string): void {
  const resources = parameters.get("resource") ?? [];
  if (!resources.every((resource) => resource === audience)) {
    throw new OAuthError("invalid_target", { reason: "unknown_resource" });
  }
}

async function issue<Context extends TokenRequestContext>(
  grant: Pick<TokenIssuedEvent<Context>, "grantType" | "credentialId" | "subjectId" | "scopes" | "context"> & {
    client: AuthenticatedClient;
  },
  deps: Pick<
    TokenEndpointDeps<Context>,
    "issuer" | "audience" | "now" | "randomId" | "keyRing" | "signatures" | "onTokenIssued"
  >,
): Promise<IssuedToken> {
  const { client, grantType, credentialId, subjectId, scopes, context } = grant;
  const claims = toClaims({ client, credentialId, subjectId, scopes, tokenId: deps.randomId() }, deps);
  const accessToken = await signAccessToken(await deps.keyRing(), claims, deps.signatures);
  await deps.onTokenIssued({
    clientId: client.clientId,
    applicationId: client.applicationId,
    grantType,
    method: client.method,
    credentialId,
    subjectId,
    scopes,
    jti: claims.tokenId,
    expiresAt: new Date(claims.expiresAt * 1000),
    context,
  });
  const { secretEndsAt } = client;
  return { accessToken, expiresInSeconds: claims.expiresAt - claims.issuedAt, scopes, secretEndsAt };
}

/** What a token that is made now says. */
export function toClaims(
  grant: Pick<AccessTokenClaims, "credentialId" | "subjectId" | "scopes" | "tokenId"> & {
    client: Pick<AuthenticatedClient, "clientId" | "credentialVersion" | "accessTokenTtlSeconds">;
  },
  deps: Pick<TokenEndpointDeps, "issuer" | "audience" | "now">,
): AccessTokenClaims {
  const { client } = grant;
  const issuedAt = Math.floor(deps.now().getTime() / 1000);
  return {
    credentialId: grant.credentialId,
    subjectId: grant.subjectId,
    scopes: grant.scopes,
    tokenId: grant.tokenId,
    issuer: deps.issuer,
    audience: deps.audience,
    clientId: client.clientId,
    credentialVersion: client.credentialVersion,
    issuedAt,
    expiresAt: issuedAt + clampTtlSeconds(client.accessTokenTtlSeconds),
  };
}

function clampTtlSeconds(seconds: number): number {
  return Math.min(ACCESS_TOKEN_TTL_SECONDS_MAX, Math.max(ACCESS_TOKEN_TTL_SECONDS_MIN, Math.floor(seconds)));
}
