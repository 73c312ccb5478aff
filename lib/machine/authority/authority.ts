import "server-only";

import { database } from "@/lib/db/client";
import type { AccessTokenClaims } from "@/lib/oauth/access-token/access-token";
import { isIssuedUpTo } from "@/lib/oauth/access-token/token-cutoff";
import { DELEGATION_RULES, type DelegationFacts, type DelegationRuleName } from "@/lib/oauth/delegation-rules";
import { type DomainLimit, toDomainLimit } from "@/lib/oauth/domain-limit";
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
 * Reads application, domains, lists, secret or key, revocation and person of a token; null when the application is
 * gone. One statement: it is asked on every call, and all of it must be true at the same moment. The person is found by
 * id, never by address, because an address can be given to somebody else.
 */
export async function findAuthority(claims: AccessTokenClaims): Promise<Authority | null> {
  const [row] = await database().$queryRaw<(Omit<Authority, "domains"> & { domains: string[] })[]>`
    SELECT
      a."id" AS "applicationId",
      a."name" AS "applicationName",
      a."is_active" AS "isApplicationActive",
      a."credential_version" AS "credentialVersion",
      a."scopes",
      ARRAY(SELECT d."domain" FROM "application_domains" d WHERE d."application_id" = a."id") AS "domains",
      (s."id" IS NOT NULL OR k."id" IS NOT NULL) AS "hasCredential",
      (s."compromised_at" IS NOT NULL) AS "isCredentialCompromised",
      COALESCE(s."revoked_at", k."revoked_at") AS "credentialRevokedAt",
      s."expires_at" AS "credentialExpiresAt",
      EXISTS (SELECT 1 FROM "revoked_tokens" r WHERE r."jti" = ${claims.tokenId}) AS "isTokenRevoked",
      (SELECT c."tokens_revoked_at" FROM "token_cutoff" c) AS "allTokensRevokedAt",
      p."id" AS "personId",
      p."email",
      p."is_active" AS "isPersonActive",
      p."is_delegation_allowed" AS "isDelegationAllowed",
      p."tokens_revoked_at" AS "personTokensRevokedAt",
      m."is_impersonation_allowed" AS "isImpersonationAllowed",
      l."effect"::text AS "listing",
      EXISTS (
        SELECT 1 FROM "application_person_rules" w WHERE w."application_id" = a."id" AND w."effect" = 'allow'
      ) AS "hasAllowList"
    FROM "applications" a
    LEFT JOIN "application_secrets" s ON s."application_id" = a."id" AND s."id" = ${claims.credentialId}::uuid
    LEFT JOIN "application_keys" k ON k."application_id" = a."id" AND k."id" = ${claims.credentialId}::uuid
    LEFT JOIN "people" p ON p."id" = ${claims.subjectId}::uuid
    LEFT JOIN "staff_members" m ON m."email" = p."email"
    LEFT JOIN "application_person_rules" l ON l."application_id" = a."id" AND l."email" = p."email"
    WHERE a."client_id" = ${claims.clientId} AND a."deleted_at" IS NULL`;
  return row === undefined ? null : { ...row, domains: toDomainLimit(row.domains) };
}

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
