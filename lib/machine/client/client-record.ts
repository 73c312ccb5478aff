import "server-only";

import { database } from "@/lib/db/client";
import type { ClientAuthenticationMethod, GrantType } from "@/lib/oauth/client/client-metadata";
import { type DomainLimit, toDomainLimit } from "@/lib/oauth/domain-limit";
import type { AuthenticatedClient } from "@/lib/oauth/ports";

/** A secret that counts now. */
export type LiveSecret = {
  id: string;
  hash: string;
  hint: string;
  lastUsedAt: Date | null;
  /** The revocation that is scheduled; in the future, or it would not be here. */
  revokedAt: Date | null;
  expiresAt: Date | null;
};

/** What the database says about a client at this moment. */
export type ClientRecord = {
  applicationId: string;
  isActive: boolean;
  credentialVersion: number;
  /** What it is registered for; the database refuses what does not exist. */
  grantTypes: readonly GrantType[];
  /** How it may prove who it is; the database refuses what does not exist. */
  methods: readonly ClientAuthenticationMethod[];
  scopes: readonly string[];
  domains: DomainLimit;
  /** Seconds; null means the configured default. */
  tokenTtlSeconds: number | null;
  secrets: readonly LiveSecret[];
};

/** One row for each live secret, and one without a secret when there is none. */
type Row = Omit<ClientRecord, "secrets" | "domains"> &
  Omit<LiveSecret, "id" | "hash" | "hint"> & {
    domains: string[];
    secretId: string | null;
    hash: string | null;
    hint: string | null;
  };

/**
 * Reads a client by its unique id, with its domains and the secrets that are live at `now`. Read on every request and
 * never remembered: that is what makes rotation and deactivation immediate on every instance. One statement, because all
 * of it must be true at the same moment and because three model queries cost more than twice as much.
 */
export async function findClientRecord(clientId: string, now: Date): Promise<ClientRecord | null> {
  const rows = await database().$queryRaw<Row[]>`
    SELECT
      a."id" AS "applicationId",
      a."is_active" AS "isActive",
      a."credential_version" AS "credentialVersion",
      a."grant_types" AS "grantTypes",
      a."token_endpoint_auth_methods" AS "methods",
      a."scopes",
      a."token_ttl_seconds" AS "tokenTtlSeconds",
      ARRAY(SELECT d."domain" FROM "application_domains" d WHERE d."application_id" = a."id") AS "domains",
      s."id" AS "secretId",
      s."hash",
      s."hint",
      s."last_used_at" AS "lastUsedAt",
      s."revoked_at" AS "revokedAt",
      s."expires_at" AS "expiresAt"
    FROM "applications" a
    LEFT JOIN "application_secrets" s ON s."application_id" = a."id"
      AND (s."revoked_at" IS NULL OR s."revoked_at" > ${now})
      AND (s."expires_at" IS NULL OR s."expires_at" > ${now})
      AND s."compromised_at" IS NULL
    WHERE a."client_id" = ${clientId} AND a."deleted_at" IS NULL
    ORDER BY s."created_at" DESC`;
  const [first] = rows;
  if (first === undefined) return null;
  const { secretId, hash, hint, lastUsedAt, revokedAt, expiresAt, domains, ...client } = first;
  return { ...client, domains: toDomainLimit(domains), secrets: rows.flatMap(toLiveSecret) };
}

/** What the protocol needs to know of a client that has proved who it is. */
export function toAuthenticatedClient(
  client: ClientRecord,
  proof: Pick<AuthenticatedClient, "clientId" | "method" | "credentialId" | "secretEndsAt">,
  defaultTtlSeconds: number,
): AuthenticatedClient {
  return {
    ...proof,
    applicationId: client.applicationId,
    credentialVersion: client.credentialVersion,
    grantTypes: client.grantTypes,
    scopes: client.scopes,
    allowedDomains: client.domains,
    accessTokenTtlSeconds: client.tokenTtlSeconds ?? defaultTtlSeconds,
  };
}

function toLiveSecret({ secretId, hash, hint, lastUsedAt, revokedAt, expiresAt }: Row): LiveSecret[] {
  if (secretId === null || hash === null || hint === null) return [];
  return [{ id: secretId, hash, hint, lastUsedAt, revokedAt, expiresAt }];
}
