import "server-only";

import { database } from "@/lib/db/client";
import type { Statement } from "@/lib/db/statement";
import type { AccessTokenClaims } from "@/lib/oauth/access-token/access-token";
import { toDomainLimit } from "@/lib/oauth/domain-limit";
import type { Authority } from "./authority";

/** By which a token finds what it leans on. */
export type TokenSupports = Pick<AccessTokenClaims, "clientId" | "credentialId" | "subjectId" | "tokenId">;

type Row = Omit<Authority, "domains"> & { position: number; domains: string[] };

// The lists are inside a SELECT for the reason that lib/machine/client/client-record.ts gives.
const STATEMENT: Statement = {
  name: "authorities",
  text: `
    SELECT
      asked."position"::int AS "position",
      a."id" AS "applicationId",
      a."name" AS "applicationName",
      a."is_active" AS "isApplicationActive",
      a."credential_version" AS "credentialVersion",
      a."scopes",
      ARRAY(SELECT d."domain"::text FROM "application_domains" d WHERE d."application_id" = a."id") AS "domains",
      (s."id" IS NOT NULL OR k."id" IS NOT NULL) AS "hasCredential",
      (s."compromised_at" IS NOT NULL) AS "isCredentialCompromised",
      COALESCE(s."revoked_at", k."revoked_at") AS "credentialRevokedAt",
      s."expires_at" AS "credentialExpiresAt",
      EXISTS (SELECT 1 FROM "revoked_tokens" r WHERE r."jti" = asked."jti") AS "isTokenRevoked",
      (SELECT c."tokens_revoked_at" FROM "token_cutoff" c) AS "allTokensRevokedAt",
      p."id" AS "personId",
      p."email",
      p."is_active" AS "isPersonActive",
      p."is_delegation_allowed" AS "isDelegationAllowed",
      p."tokens_revoked_at" AS "personTokensRevokedAt",
      m."is_impersonation_allowed" AS "isImpersonationAllowed",
      (
        SELECT l."effect"::text FROM "application_person_rules" l
        WHERE l."application_id" = a."id" AND l."email" = p."email"
      ) AS "listing",
      EXISTS (
        SELECT 1 FROM "application_person_rules" w WHERE w."application_id" = a."id" AND w."effect" = 'allow'
      ) AS "hasAllowList"
    FROM unnest(
      (SELECT $1::text[]), (SELECT $2::uuid[]), (SELECT $3::uuid[]), (SELECT $4::text[])
    ) WITH ORDINALITY AS asked ("client_id", "credential_id", "person_id", "jti", "position")
    JOIN "applications" a ON a."client_id" = asked."client_id" AND a."deleted_at" IS NULL
    LEFT JOIN "application_secrets" s ON s."application_id" = a."id" AND s."id" = asked."credential_id"
    LEFT JOIN "application_keys" k ON k."application_id" = a."id" AND k."id" = asked."credential_id"
    LEFT JOIN "people" p ON p."id" = asked."person_id"
    LEFT JOIN "staff_members" m ON m."email" = p."email"`,
};

/**
 * Reads application, domains, lists, secret or key, revocation and person of each token; null when the application is
 * gone. One statement: it is asked on every call, and all of it must be true at the same moment. The person is found by
 * id, never by address, because an address can be given to somebody else.
 */
export async function readAuthorities(tokens: readonly TokenSupports[]): Promise<(Authority | null)[]> {
  const rows = await database().runStatement<Row>(STATEMENT, [
    tokens.map(({ clientId }) => clientId),
    tokens.map(({ credentialId }) => credentialId),
    tokens.map(({ subjectId }) => subjectId),
    tokens.map(({ tokenId }) => tokenId),
  ]);
  const authorities = tokens.map((): Authority | null => null);
  // Positions count from one.
  for (const { position, domains, ...row } of rows) {
    authorities[position - 1] = { ...row, domains: toDomainLimit(domains) };
  }
  return authorities;
}

/** Names what is asked about a token, so that equal questions have one name. Only the last part can hold a space. */
export function nameOfSupports({ tokenId, credentialId, subjectId, clientId }: TokenSupports): string {
  return `${tokenId} ${credentialId} ${subjectId} ${clientId}`;
}
