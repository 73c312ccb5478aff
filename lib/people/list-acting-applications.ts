import "server-only";

import { database } from "@/lib/db/client";
import { DAY_MS } from "@/lib/time";
import type { ActingApplication } from "./person.types";

/** How far back it is looked, so that a page about somebody served for years stays quick. */
export const ACTING_DAYS = 90;

/**
 * Which applications got tokens for a person in the last 90 days, and when last. From the audit log, by the index on its
 * targets: what is told there cannot be tidied away.
 */
export async function listActingApplications(personId: string, now: Date): Promise<ActingApplication[]> {
  const since = new Date(now.getTime() - ACTING_DAYS * DAY_MS);
  return database().$queryRaw<ActingApplication[]>`
    SELECT e."actor_id" AS "id", a."name", e."tokens", e."last_at" AS "lastAt"
    FROM (
      SELECT "actor_id", count(*)::int AS "tokens", max("at") AS "last_at"
      FROM "audit_events"
      WHERE "target_kind" = 'person' AND "target_id" = ${personId}::uuid AND "at" >= ${since}
        AND "action" = 'token.issued' AND "actor_id" IS NOT NULL
      GROUP BY "actor_id"
    ) e
    LEFT JOIN "applications" a ON a."id" = e."actor_id" AND a."deleted_at" IS NULL
    ORDER BY e."last_at" DESC, e."actor_id"
    LIMIT 100`;
}
