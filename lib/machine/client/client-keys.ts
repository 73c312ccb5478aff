import "server-only";

import { database } from "@/lib/db/client";
import type { ClientKey } from "@/lib/oauth/client/assertion";
import type { PublicJwk } from "@/lib/oauth/jose/jwk";

/** The keys of an application that count now. */
export type ClientKeySet = {
  /** Where the application publishes its keys; null when staff have registered them. */
  jwksUri: string | null;
  /** When the published keys were last read; null when they must be read before they are used. */
  fetchedAt: Date | null;
  keys: readonly ClientKey[];
};

/** One row for each live key, and one without a key when there is none. */
type Row = Omit<ClientKeySet, "keys"> & { id: string | null; publicJwk: PublicJwk | null };

/**
 * Reads the live keys of an application; null when the application is gone. Keys that were registered do not count
 * beside a `jwks_uri`, nor published ones without. Read for every assertion and never remembered.
 */
export async function findClientKeySet(applicationId: string): Promise<ClientKeySet | null> {
  const rows = await database().$queryRaw<Row[]>`
    SELECT a."jwks_uri" AS "jwksUri", a."jwks_fetched_at" AS "fetchedAt", k."id", k."public_jwk" AS "publicJwk"
    FROM "applications" a
    LEFT JOIN "application_keys" k ON k."application_id" = a."id" AND k."revoked_at" IS NULL
      AND (k."source" = 'published') = (a."jwks_uri" IS NOT NULL)
    WHERE a."id" = ${applicationId}::uuid AND a."deleted_at" IS NULL
    ORDER BY k."created_at" DESC`;
  const [first] = rows;
  if (first === undefined) return null;
  const keys = rows.flatMap(({ id, publicJwk }) => (id === null || publicJwk === null ? [] : [{ id, publicJwk }]));
  return { jwksUri: first.jwksUri, fetchedAt: first.fetchedAt, keys };
}
