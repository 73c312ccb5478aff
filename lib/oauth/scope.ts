import { type EmailAddress, parseEmailAddress } from "./email-address";
import { OAuthError } from "./oauth-error";
import type { OAuthReason } from "./oauth-reason";

// RFC 6749 §3.3: scope-token *( SP scope-token ), case-sensitive.
const SCOPE_LIST = /^[\x21\x23-\x5B\x5D-\x7E]+(?: [\x21\x23-\x5B\x5D-\x7E]+)*$/;

export type ParsedScope = {
  /** The person acted for. */
  subject: EmailAddress;
  /** In the order sent, as sent; empty asks for everything the application has. */
  requestedScopes: readonly string[];
};

/** Whether `text` follows the grammar of the scope parameter; the empty string does not. RFC 6749 §3.3 */
export function isScopeList(text: string): boolean {
  return SCOPE_LIST.test(text);
}

/**
 * Reads a `scope` parameter: at most one token with an `@`, the e-mail address of the person acted for, and optionally a
 * choice among the application's scopes. `named` is the person whom `requested_subject` names; then the scope may be
 * left out, and an address in it must be that person's. Throws `invalid_scope`, and `invalid_request` for two people.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-3.3
 */
export function parseScope(scope: string | undefined, named?: EmailAddress): ParsedScope {
  if (scope === undefined && named === undefined) throw invalidScope("scope_missing");
  if (scope !== undefined && !isScopeList(scope)) throw invalidScope("scope_malformed");
  const tokens = scope?.split(" ") ?? [];
  const [address, ...others] = tokens.filter((token) => token.includes("@"));
  if (others.length > 0) throw invalidScope("subject_repeated");
  const subject = address === undefined ? named : parseEmailAddress(address);
  if (subject === undefined) throw invalidScope(address === undefined ? "subject_missing" : "subject_malformed");
  requireSameSubject(subject, named);
  return { subject, requestedScopes: tokens.filter((token) => token !== address) };
}

/** Reads a `requested_subject` parameter: one e-mail address and nothing else. Throws `invalid_request`. */
export function parseRequestedSubject(text: string | undefined): EmailAddress | undefined {
  if (text === undefined) return undefined;
  const subject = parseEmailAddress(text);
  if (subject === undefined) throw new OAuthError("invalid_request", { reason: "requested_subject_malformed" });
  return subject;
}

/** Throws `invalid_request` when a request names a second person: which of the two it means is not ours to guess. */
export function requireSameSubject(subject: EmailAddress, named: EmailAddress | undefined): void {
  if (named !== undefined && named.address !== subject.address) {
    throw new OAuthError("invalid_request", { reason: "requested_subject_differs" });
  }
}

/**
 * Reads a `scope` parameter that does not say for whom, because a signed delegation does: nothing, or a choice among the
 * application's scopes. Throws `invalid_scope`, also for an e-mail address: two ways to name a person are one too many.
 */
export function parseRequestedScopes(scope: string | undefined): readonly string[] {
  if (scope === undefined) return [];
  if (!isScopeList(scope)) throw invalidScope("scope_malformed");
  if (scope.includes("@")) throw invalidScope("subject_in_scope");
  return scope.split(" ");
}

/**
 * The scopes a token gets: those requested, or all that are granted when none was. Canonical order (that of
 * `supported`), without repetition. A granted scope that no longer exists is left out; a requested scope that is not
 * granted throws `invalid_scope`, whether it exists or not.
 */
export function narrowScopes(scopes: {
  requested: readonly string[];
  granted: readonly string[];
  supported: readonly string[];
}): string[] {
  const granted = scopes.supported.filter((scope) => scopes.granted.includes(scope));
  if (!scopes.requested.every((scope) => granted.includes(scope))) throw invalidScope("scope_not_granted");
  if (scopes.requested.length === 0) return granted;
  return granted.filter((scope) => scopes.requested.includes(scope));
}

function invalidScope(reason: OAuthReason): OAuthError {
  return new OAuthError("invalid_scope", { reason });
}
