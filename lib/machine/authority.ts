import "server-only";

import { database } from "@/lib/db/client";
import type { AccessTokenClaims } from "@/lib/oauth/access-token";
import { isDomainAllowed } from "@/lib/oauth/email-address";

/** What the database says now about everything a token leans on. */
export type Authority = {
  applicationId: string;
  isApplicationActive: boolean;
  credentialVersion: number;
  scopes: readonly string[];
  /** Lower-case; empty means any. */
  domains: readonly string[];
  /** Whether the secret or key that obtained the token is still one of this application's. */
  hasCredential: boolean;
  credentialEndedAt: Date | null;
  credentialExpiresAt: Date | null;
  isTokenRevoked: boolean;
  /** Null when the person is gone; then the three below say nothing. */
  personId: string | null;
  email: string | null;
  isPersonActive: boolean | null;
  canBeActedFor: boolean | null;
  isStaff: boolean;
};

/** A token whose every support still stands, or the reason why one does not. */
export type AuthorityDecision =
  | { isLive: true; applicationId: string; personId: string; scopes: readonly string[] }
  | { isLive: false; reason: string };

/**
 * Reads application, domains, secret or key, revocation and person of a token; null when the application is gone. One
 * statement: it is asked on every call, and all of it must be true at the same moment. The person is found by id, never
 * by address, because an address can be given to somebody else.
 */
export async function readAuthority(claims: AccessTokenClaims): Promise<Authority | null> {
  const [authority] = await database().$queryRaw<Authority[]>`
    SELECT
      a."id" AS "applicationId",
      a."is_active" AS "isApplicationActive",
      a."credential_version" AS "credentialVersion",
      a."scopes",
      ARRAY(SELECT d."domain" FROM "application_domains" d WHERE d."application_id" = a."id") AS "domains",
      (s."id" IS NOT NULL OR k."id" IS NOT NULL) AS "hasCredential",
      COALESCE(s."ended_at", k."ended_at") AS "credentialEndedAt",
      s."expires_at" AS "credentialExpiresAt",
      EXISTS (SELECT 1 FROM "revoked_tokens" r WHERE r."jti" = ${claims.tokenId}) AS "isTokenRevoked",
      p."id" AS "personId",
      p."email",
      p."is_active" AS "isPersonActive",
      p."can_be_acted_for" AS "canBeActedFor",
      EXISTS (SELECT 1 FROM "staff_members" m WHERE m."email" = p."email") AS "isStaff"
    FROM "applications" a
    LEFT JOIN "application_secrets" s ON s."application_id" = a."id" AND s."id" = ${claims.credentialId}::uuid
    LEFT JOIN "application_keys" k ON k."application_id" = a."id" AND k."id" = ${claims.credentialId}::uuid
    LEFT JOIN "people" p ON p."id" = ${claims.subjectId}::uuid
    WHERE a."client_id" = ${claims.clientId}`;
  return authority ?? null;
}

/**
 * Decides what a token is worth now: nothing once its application, secret, key or person was switched off, ended, deleted,
 * revoked or taken out of reach; otherwise the scopes it was issued with that the application still has.
 */
export function decideAuthority(
  claims: Pick<AccessTokenClaims, "credentialVersion" | "scopes">,
  authority: Authority | null,
  now: Date,
): AuthorityDecision {
  if (authority === null) return refuse("application_unknown");
  if (!authority.isApplicationActive) return refuse("application_inactive");
  if (authority.credentialVersion !== claims.credentialVersion) return refuse("credential_version_differs");
  if (!authority.hasCredential) return refuse("credential_unknown");
  if (isPast(authority.credentialEndedAt, now)) return refuse("credential_ended");
  if (isPast(authority.credentialExpiresAt, now)) return refuse("credential_expired");
  if (authority.isTokenRevoked) return refuse("token_revoked");
  const { applicationId, personId, email } = authority;
  if (personId === null || email === null) return refuse("person_unknown");
  if (!authority.isPersonActive) return refuse("person_inactive");
  if (!authority.canBeActedFor) return refuse("person_opted_out");
  if (authority.isStaff) return refuse("person_is_staff");
  if (!isDomainAllowed(domainOf(email), authority.domains)) return refuse("domain_not_allowed");
  const scopes = claims.scopes.filter((scope) => authority.scopes.includes(scope));
  return { isLive: true, applicationId, personId, scopes };
}

function isPast(moment: Date | null, now: Date): boolean {
  return moment !== null && moment <= now;
}

/** The part after the last `@`; stored addresses hold exactly one. */
function domainOf(email: string): string {
  return email.slice(email.lastIndexOf("@") + 1);
}

function refuse(reason: string): AuthorityDecision {
  return { isLive: false, reason };
}
