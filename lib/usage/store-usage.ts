import "server-only";

import { database } from "@/lib/db/client";
import type { UsageBatch } from "./usage-batch";

/** Refusals kept of one application: those of callers that had a secret or token of ours, and those of anybody. */
export const KEPT_REFUSALS = { proven: 200, unproven: 50 } as const;

/**
 * Stores a batch in one statement: the counts are added to what other instances have written, for the hour and for its
 * UTC day. What names no application that exists is dropped here, so an unknown name leaves nothing behind.
 */
export async function storeUsage(batch: UsageBatch): Promise<void> {
  const counts = JSON.stringify(batch.counts);
  const refusals = JSON.stringify(batch.refusals);
  await database().$executeRaw`
    WITH counted AS (
      SELECT a."id" AS application_id, c.*
      FROM jsonb_to_recordset(${counts}::jsonb) AS c(
        "hour" timestamptz, "clientId" text, "credentialId" uuid, "personId" uuid,
        "kind" text, "outcome" text, "count" int, "lastAt" timestamptz)
      JOIN "applications" a ON a."client_id" = c."clientId" AND a."deleted_at" IS NULL
    ),
    hourly AS (
      INSERT INTO "usage_hourly" AS u
        ("hour", "application_id", "credential_id", "person_id", "kind", "outcome", "count", "last_at")
      SELECT "hour", application_id, "credentialId", "personId", "kind", "outcome", "count", "lastAt"
      FROM counted ORDER BY 1, 2, 3, 4, 5, 6
      ON CONFLICT ("hour", "application_id", "credential_id", "person_id", "kind", "outcome")
      DO UPDATE SET "count" = u."count" + EXCLUDED."count", "last_at" = GREATEST(u."last_at", EXCLUDED."last_at")
    ),
    daily AS (
      INSERT INTO "usage_daily" AS u ("day", "application_id", "kind", "outcome", "count")
      SELECT ("hour" AT TIME ZONE 'UTC')::date, application_id, "kind", "outcome", SUM("count")
      FROM counted GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
      ON CONFLICT ("day", "application_id", "kind", "outcome")
      DO UPDATE SET "count" = u."count" + EXCLUDED."count"
    )
    INSERT INTO "refused_calls" ("at", "application_id", "kind", "reason", "is_proven", "person_id", "ip", "request_id")
    SELECT r."at", a."id", r."kind", r."reason", r."isProven", r."personId", left(r."ip", 45), left(r."requestId", 64)
    FROM jsonb_to_recordset(${refusals}::jsonb) AS r(
      "at" timestamptz, "clientId" text, "kind" text, "reason" text, "isProven" boolean, "personId" uuid,
      "ip" text, "requestId" text)
    JOIN "applications" a ON a."client_id" = r."clientId" AND a."deleted_at" IS NULL`;
}

/**
 * Deletes the refusals of the applications in a batch that newer ones have pushed out. Those that anybody may have sent
 * are counted apart: they cannot push out those of the application itself.
 */
export async function pruneRefusals({ refusals }: UsageBatch): Promise<void> {
  const clientIds = [...new Set(refusals.map(({ clientId }) => clientId))];
  if (clientIds.length === 0) return;
  await database().$executeRaw`
    DELETE FROM "refused_calls" WHERE "id" IN (
      SELECT "id" FROM (
        SELECT r."id", r."is_proven",
          row_number() OVER (PARTITION BY r."application_id", r."is_proven" ORDER BY r."at" DESC, r."id") AS place
        FROM "refused_calls" r
        JOIN "applications" a ON a."id" = r."application_id"
        WHERE a."client_id" = ANY(${clientIds})
      ) ranked
      WHERE place > CASE WHEN "is_proven" THEN ${KEPT_REFUSALS.proven}::int ELSE ${KEPT_REFUSALS.unproven}::int END
    )`;
}
