import type { ClientKey } from "./client/assertion";
import type { ClientAuthenticationMethod, GrantType } from "./client/client-metadata";
import type { DomainLimit } from "./domain-limit";
import type { EmailAddress } from "./email-address";
import type { RefusalOptions } from "./http/oauth-response";
import type { CompactJws } from "./jose/compact-jws";
import type { Signatures } from "./jose/signatures";
import type { KeyRing } from "./jose/signing-key";
import type { OAuthErrorCode } from "./oauth-error";
import type { OAuthReason } from "./oauth-reason";

/**
 * What the HTTP layer knows about a request and the protocol does not. An adapter that needs more of it says so with a
 * context of its own: the core hands on what it was called with, and an endpoint cannot be called with less.
 */
export type TokenRequestContext = { clientAddress: string; requestId: string };

export type PresentedSecret = {
  clientId: string;
  clientSecret: string;
  method: "client_secret_basic" | "client_secret_post";
};

/** An assertion that names the client which claims to have signed it. Nothing of it is verified yet. */
export type PresentedAssertion = { clientId: string; assertion: CompactJws; method: "private_key_jwt" };

export type PresentedCredentials = PresentedSecret | PresentedAssertion;

export type AuthenticatedClient = {
  clientId: string;
  applicationId: string;
  /** How it proved who it is. */
  method: ClientAuthenticationMethod;
  /** UUID of the secret or key that it proved itself with. */
  credentialId: string;
  /** Grows when all live tokens of the application are revoked at once. */
  credentialVersion: number;
  /** What it is registered for; anything else is `unauthorized_client`. */
  grantTypes: readonly GrantType[];
  scopes: readonly string[];
  allowedDomains: DomainLimit;
  /** Seconds; kept between 60 and 3600 by the core. */
  accessTokenTtlSeconds: number;
  /** When the secret it has just used stops working, if that is worth telling its holder; null otherwise, and for keys. */
  secretEndsAt: Date | null;
};

export type TokenIssuedEvent<Context extends TokenRequestContext = TokenRequestContext> = {
  clientId: string;
  applicationId: string;
  grantType: GrantType;
  /** How the client authenticated. */
  method: ClientAuthenticationMethod;
  /** What the token stands and falls with: the key that signed the delegation, or what the client authenticated with. */
  credentialId: string;
  subjectId: string;
  scopes: readonly string[];
  jti: string;
  expiresAt: Date;
  context: Context;
};

/** A request that was refused, whichever endpoint it was sent to. */
export type RefusedRequest<Context extends TokenRequestContext = TokenRequestContext> = {
  code: OAuthErrorCode;
  reason: OAuthReason;
  detail?: string;
  /** Present only once the client has proven who it is: a name that was merely claimed is not evidence. */
  clientId?: string;
  /** The e-mail domain for which a client that has proven who it is was refused a token. */
  refusedDomain?: string;
  cause?: unknown;
  context: Context;
};

/** What every endpoint needs at which a client proves who it is. */
export type ClientAuthenticationDeps<
  Context extends TokenRequestContext = TokenRequestContext,
  Client extends AuthenticatedClient = AuthenticatedClient,
> = RefusalOptions & {
  /**
   * Throws OAuthError: `invalid_client` for every failed attempt, `temporarily_unavailable` for limits and outages. An
   * assertion is for `verifyClientAssertion` to check. `named` is the person whom the request names, where that can be
   * read already: an adapter may read of them together with the client, and no refusal may depend on it.
   */
  authenticateClient: (
    credentials: PresentedCredentials,
    context: Context,
    named: EmailAddress | undefined,
  ) => Promise<Client>;
};

/** An adapter that knows more of a client says so with a client of its own: it gets back what it has authenticated. */
export type TokenEndpointDeps<
  Context extends TokenRequestContext = TokenRequestContext,
  Client extends AuthenticatedClient = AuthenticatedClient,
> = ClientAuthenticationDeps<Context, Client> & {
  issuer: string;
  /** Absolute URL of this endpoint; a signed delegation may be addressed to it. */
  tokenEndpoint: string;
  /** Absolute URL of the resource that tokens are made for; the only `resource` value accepted. */
  audience: string;
  /** Every scope that exists, in canonical order. */
  supportedScopes: readonly string[];
  keyRing: () => Promise<KeyRing>;
  /** What makes signatures of our own; the library does unless told otherwise. */
  signatures?: Signatures | undefined;
  /**
   * Keys with which the client may sign now, those it has published elsewhere included. `kid` is the one that is
   * looked for, if the assertion names one.
   */
  readClientKeys: (
    client: Pick<AuthenticatedClient, "clientId" | "applicationId">,
    kid: string | undefined,
    context: Context,
  ) => Promise<readonly ClientKey[]>;
  /** Remembers the id of a genuine assertion until `expiresAt`; false when the client has used it before. */
  consumeAssertionId(use: { clientId: string; applicationId: string; jti: string; expiresAt: Date }): Promise<boolean>;
  /** The person behind an address, as a UUID. Throws OAuthError `invalid_scope` when the person cannot be acted for. */
  resolveSubject: (email: EmailAddress, client: Client, context: Context) => Promise<{ id: string }>;
  /** Awaited before the answer: an issued token without a trace must not exist. */
  onTokenIssued(event: TokenIssuedEvent<Context>): Promise<void>;
  onTokenRefused(event: RefusedRequest<Context>): void;
  now(): Date;
  /** A `jti` of at least 128 random bits, such as `createTokenId()`. */
  randomId(): string;
};
