import "server-only";

import type { AccessTokenClaims } from "@/lib/oauth/access-token/access-token";
import { isIssuedUpTo } from "@/lib/oauth/access-token/token-cutoff";
import { DELEGATION_RULES, type DelegationFacts, type DelegationRuleName } from "@/lib/oauth/delegation-rules";
import type { DomainLimit } from "@/lib/oauth/domain-limit";
import { domainOf } from "@/lib/oauth/email-address";
import type { OAuthReason } from "@/lib/oauth/oauth-reason";

/** What the database says now about everything a token leans on. */
export type Authority = {
  applicationId: string;
  applicationName: string;
  isApplicationActive: boolean;
  credentialVersion: number;
  scopes: readonly string[];
  domains: DomainLimit;
  /** Whether the secret or key that obtained the token is still one of this application's. */
  hasCredential: boolean;
  isCredentialCompromised: boolean;
  credentialRevokedAt: Date | null;
  credentialExpiresAt: Date | null;
  isTokenRevoked: boolean;
  /** Tokens of everybody that were issued up to this moment are worth nothing. */
  allTokensRevokedAt: Date | null;
  /** Null when the person is gone; then what is said of persons below says nothing. */
  personId: string | null;
  email: string | null;
  isPersonActive: boolean | null;
  isDelegationAllowed: boolean | null;
  /** Tokens of the person that were issued up to this moment are worth nothing. */
  personTokensRevokedAt: Date | null;
  /** Null when the person has no account in the portal. */
  isImpersonationAllowed: boolean | null;
  /** What the lists of the application say of the person. */
  listing: "allow" | "deny" | null;
  hasAllowList: boolean;
};

/** A token whose every support still stands, or the reason why one does not. */
export type AuthorityDecision =
  | {
      isLive: true;
      applicationId: string;
      applicationName: string;
      personId: string;
      email: string;
      scopes: readonly string[];
      domains: DomainLimit;
      /** When the secret or key that obtained the token stops working; null when no end is set. */
      credentialEndsAt: Date | null;
    }
  | { isLive: false; reason: OAuthReason };

/** How a rule that no longer holds is called in the log: delegation was allowed when the token was made. */
const REASONS: Record<DelegationRuleName, OAuthReason> = {
  domain: "domain_not_allowed",
  deny_list: "person_denied",
  allow_list: "person_not_listed",
  staff: "person_is_staff",
  known: "person_unknown",
  active: "person_inactive",
  opt_out: "person_opted_out",
};

/**
 * Decides what a token is worth now: nothing once its application, secret, key or person was deactivated, deleted or
 * revoked, or delegation withdrawn; otherwise the scopes it was issued with that the application still has.
 */
export function decideAuthority(
  claims: Pick<AccessTokenClaims, "credentialVersion" | "scopes" | "issuedAt">,
  authority: Authority | null,
  now: Date,
): AuthorityDecision {
  if (authority === null) return refuse("application_unknown");
  if (!authority.isApplicationActive) return refuse("application_inactive");
  if (authority.credentialVersion !== claims.credentialVersion) return refuse("credential_version_differs");
  if (!authority.hasCredential) return refuse("credential_unknown");
  // Without a look at the clock: the instance on which somebody said so may be ahead of this one.
  if (authority.isCredentialCompromised) return refuse("credential_compromised");
  if (isPast(authority.credentialRevokedAt, now)) return refuse("credential_revoked");
  if (isPast(authority.credentialExpiresAt, now)) return refuse("credential_expired");
  if (authority.isTokenRevoked) return refuse("token_revoked");
  if (isIssuedUpTo(authority.allTokensRevokedAt, claims.issuedAt)) return refuse("all_tokens_revoked");
  const { applicationId, personId, email } = authority;
  if (personId === null || email === null) return refuse("person_unknown");
  const facts = toDelegationFacts(email, authority);
  const broken = DELEGATION_RULES.find((rule) => !rule.holds(facts));
  if (broken !== undefined) return refuse(REASONS[broken.name]);
  // After the rules: for somebody who was switched off that is the reason, and their tokens were revoked with it.
  if (isIssuedUpTo(authority.personTokensRevokedAt, claims.issuedAt)) return refuse("person_tokens_revoked");
  const scopes = claims.scopes.filter((scope) => authority.scopes.includes(scope));
  return {
    isLive: true,
    applicationId,
    applicationName: authority.applicationName,
    personId,
    email,
    scopes,
    domains: authority.domains,
    credentialEndsAt: earlier(authority.credentialRevokedAt, authority.credentialExpiresAt),
  };
}

function earlier(one: Date | null, other: Date | null): Date | null {
  if (one === null || other === null) return one ?? other;
  return one < other ? one : other;
}

function isPast(moment: Date | null, now: Date): boolean {
  return moment !== null && moment <= now;
}

function toDelegationFacts(email: string, authority: Authority): DelegationFacts {
  const { domains, listing, hasAllowList, isPersonActive, isDelegationAllowed, isImpersonationAllowed } = authority;
  return {
    domain: domainOf(email),
    allowedDomains: domains,
    listing,
    hasAllowList,
    person: { isActive: isPersonActive === true, isDelegationAllowed: isDelegationAllowed === true },
    staff: isImpersonationAllowed === null ? null : { isImpersonationAllowed },
    createsPeople: false,
  };
}

function refuse(reason: OAuthReason): AuthorityDecision {
  return { isLive: false, reason };
}
