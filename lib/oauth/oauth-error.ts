import { ERROR_SENTENCES } from "./error-sentences";
import type { OAuthReason } from "./oauth-reason";

type CatalogueEntry = {
  /** The first one is the default; any other must be asked for by name. */
  statuses: readonly [number, ...number[]];
  description: string;
  /** One sentence for every cause: a caller's own description is ignored, unless it is one of `ERROR_SENTENCES`. */
  hasFixedDescription?: true;
};

const CATALOGUE = {
  // RFC 6749 §5.2
  invalid_request: {
    statuses: [400, 405, 413, 415],
    description: "The request is missing a parameter or is malformed.",
  },
  invalid_client: { statuses: [401], description: "Invalid credentials", hasFixedDescription: true },
  invalid_grant: { statuses: [400], description: "The grant is invalid or expired." },
  unauthorized_client: { statuses: [400], description: "The client may not use this grant type." },
  unsupported_grant_type: { statuses: [400], description: "The grant type is not supported." },
  invalid_scope: { statuses: [400], description: "The requested scope is invalid or not allowed." },
  // RFC 8707 §2
  invalid_target: { statuses: [400], description: "The requested resource is not served here." },
  // RFC 6749 §4.1.2.1, borrowed for the token endpoint: clients need to tell an outage from a refusal.
  temporarily_unavailable: { statuses: [503, 429], description: "The server cannot answer now. Try again later." },
  server_error: {
    statuses: [500],
    description: "The server could not complete the request.",
    hasFixedDescription: true,
  },
  // RFC 6750 §3.1
  invalid_token: {
    statuses: [401],
    description: "The access token is invalid, expired or revoked.",
    hasFixedDescription: true,
  },
  insufficient_scope: { statuses: [403], description: "The access token does not carry the required scope." },
} as const satisfies Record<string, CatalogueEntry>;

export type OAuthErrorCode = keyof typeof CATALOGUE;

/** Every code with the statuses it may have and its public sentence when nobody chose another. */
export const OAUTH_ERRORS: Readonly<Record<OAuthErrorCode, CatalogueEntry>> = CATALOGUE;

export type OAuthErrorOptions = {
  /** The cause, for logs and counters. Never serialized. */
  reason: OAuthReason;
  /** Public sentence instead of the one of its reason, or of its code. Must never hold anything the caller sent. */
  description?: string | undefined;
  /** For the log only. Never serialized. */
  detail?: string | undefined;
  /** One of the statuses the catalogue allows for the code, when it is not the default one. */
  status?: number;
  /** For 429 and 503; seconds, rounded up, at least 1. */
  retryAfterSeconds?: number | undefined;
  /** RFC 6750 §3.1: a request without any credentials gets a challenge without an error code. */
  isBareChallenge?: boolean;
  /** RFC 6750 §3: what an `insufficient_scope` challenge names. */
  requiredScope?: string;
  /** RFC 9110 §12.5.3: which half of a 415 was refused decides which header explains it. */
  isUnsupportedEncoding?: boolean;
  cause?: unknown;
};

const SENTENCES: Partial<Record<OAuthErrorCode, Readonly<Record<string, string>>>> = ERROR_SENTENCES;

const RETRY_AFTER_SECONDS_DEFAULT = 5;

// RFC 6749 §5.2 and RFC 6750 §3: the characters error_description may hold.
const PUBLIC_TEXT = /^[\x20\x21\x23-\x5B\x5D-\x7E]+$/;

// A brand instead of instanceof: a bundler may hold this module twice in one process.
const BRAND = Symbol.for("oauth-core.OAuthError");

/**
 * A refusal with three audiences: `code` for programs, `description` for integrators, `reason`, `detail` and `cause`
 * for the log. Throws TypeError when the status or the description is not one the protocol allows.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-5.2
 * @see https://www.rfc-editor.org/rfc/rfc6750#section-3.1
 */
export class OAuthError extends Error {
  override readonly name = "OAuthError";
  readonly [BRAND] = true;
  readonly code: OAuthErrorCode;
  readonly status: number;
  readonly description: string;
  readonly reason: OAuthReason;
  readonly detail: string | undefined;
  readonly retryAfterSeconds: number | undefined;
  readonly isBareChallenge: boolean;
  readonly requiredScope: string | undefined;
  readonly isUnsupportedEncoding: boolean;

  constructor(code: OAuthErrorCode, options: OAuthErrorOptions) {
    super(`${code}: ${options.reason}`, options.cause === undefined ? undefined : { cause: options.cause });
    const entry: CatalogueEntry = CATALOGUE[code];
    const status = options.status ?? entry.statuses[0];
    if (!entry.statuses.includes(status)) throw new TypeError(`${code} has no status ${status}`);
    const chosen = options.description ?? SENTENCES[code]?.[options.reason] ?? entry.description;
    const isSayable = !entry.hasFixedDescription || Object.values(SENTENCES[code] ?? {}).includes(chosen);
    const description = isSayable ? chosen : entry.description;
    if (!PUBLIC_TEXT.test(description)) throw new TypeError(`The description of ${code} holds a forbidden character`);
    this.code = code;
    this.status = status;
    this.description = description;
    this.reason = options.reason;
    this.detail = options.detail;
    this.retryAfterSeconds = toRetryAfterSeconds(status, options.retryAfterSeconds);
    this.isBareChallenge = options.isBareChallenge ?? false;
    this.requiredScope = options.requiredScope;
    this.isUnsupportedEncoding = options.isUnsupportedEncoding ?? false;
  }
}

/** Whether `value` is an OAuthError, made by this or by another copy of this module. */
export function isOAuthError(value: unknown): value is OAuthError {
  return typeof value === "object" && value !== null && BRAND in value;
}

/** Anything thrown, as an OAuthError: what is not one already is a bug or an outage and becomes `server_error`. */
export function toOAuthError(thrown: unknown): OAuthError {
  if (isOAuthError(thrown)) return thrown;
  return new OAuthError("server_error", { reason: "unexpected_error", cause: thrown });
}

function toRetryAfterSeconds(status: number, seconds: number | undefined): number | undefined {
  if (status !== 429 && status !== 503) return undefined;
  if (seconds === undefined || !Number.isFinite(seconds)) return RETRY_AFTER_SECONDS_DEFAULT;
  return Math.max(1, Math.ceil(seconds));
}
