import type { EmailAddress } from "./email-address";
import type { OAuthErrorCode } from "./oauth-error";
import type { KeyRing } from "./signing-key";

/** What the HTTP layer knows about a request and the protocol does not. */
export type TokenRequestContext = { clientAddress: string; requestId: string };

export type PresentedCredentials = {
  clientId: string;
  clientSecret: string;
  method: "client_secret_basic" | "client_secret_post";
};

export type AuthenticatedClient = {
  clientId: string;
  applicationId: string;
  /** UUID of the secret that was presented. */
  credentialId: string;
  /** Grows when all live tokens of the application are revoked at once. */
  credentialVersion: number;
  scopes: readonly string[];
  /** Lower-case domains; empty means any domain. */
  allowedDomains: readonly string[];
  /** Seconds; kept between 60 and 3600 by the core. */
  accessTokenTtlSeconds: number;
};

export type TokenIssuedEvent = {
  type: "token_issued";
  clientId: string;
  applicationId: string;
  credentialId: string;
  subjectId: string;
  scopes: readonly string[];
  jti: string;
  expiresAt: Date;
  context: TokenRequestContext;
};

export type TokenRefusedEvent = {
  type: "token_refused";
  code: OAuthErrorCode;
  reason: string;
  detail?: string;
  /** Present only once the client has proven who it is: a name that was merely claimed is not evidence. */
  clientId?: string;
  cause?: unknown;
  context: TokenRequestContext;
};

export type TokenEvent = TokenIssuedEvent | TokenRefusedEvent;

export type TokenEndpointDeps = {
  issuer: string;
  /** Absolute URL of the resource that tokens are made for; the only `resource` value accepted. */
  audience: string;
  realm: string;
  /** Every scope that exists, in canonical order. */
  supportedScopes: readonly string[];
  keyRing: () => Promise<KeyRing>;
  /** Throws OAuthError: `invalid_client` for every failed attempt, `temporarily_unavailable` for limits and outages. */
  authenticateClient(credentials: PresentedCredentials, context: TokenRequestContext): Promise<AuthenticatedClient>;
  /** The person behind an address, as a UUID. Throws OAuthError `invalid_scope` when the person cannot be acted for. */
  resolveSubject(
    email: EmailAddress,
    client: AuthenticatedClient,
    context: TokenRequestContext,
  ): Promise<{ id: string }>;
  /** Awaited before the answer: an issued token without a trace must not exist. */
  onTokenIssued(event: TokenIssuedEvent): Promise<void>;
  onTokenRefused(event: TokenRefusedEvent): void;
  now(): Date;
  /** A `jti` of at least 128 random bits, such as `createTokenId()`. */
  randomId(): string;
};
