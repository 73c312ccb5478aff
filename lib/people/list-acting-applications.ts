import "server-only";

import { database } from "@/lib/db/client";
import type { Config } from "@/lib/env/config";
import { DAY_MS, HOUR_MS } from "@/lib/time";
import type { ActingApplication } from "./person.types";

/** How far back it is looked, so that a page about somebody served for years stays quick. */
const ACTING_DAYS = 90;

/**
 * Which applications got tokens for a person in the last 90 days, and when last. Each token of the days for which rows are
 * kept is seen at once; before that the counts by the hour tell, of applications that are still there.
 */
export async function listActingApplications(
  personId: string,
  { activityRetentionDays }: Pick<Config, "activityRetentionDays">,
  now: Date,
): Promise<ActingApplication[]> {
  const since = new Date(now.getTime() - ACTING_DAYS * DAY_MS);
  const oldest = now.getTime() - activityRetentionDays * DAY_MS;
  // A whole hour, so that no token is seen twice.
  const rowsSince = new Date(Math.max(since.getTime(), Math.ceil(oldest / HOUR_MS) * HOUR_MS));
  return database().$queryRaw<ActingApplication[]>`
    SELECT e."application_id" AS "id", a."name", SUM(e."tokens")::int AS "tokens", MAX(e."last_at") AS "lastAt"
    FROM (
      SELECT "application_id", COUNT(*) AS "tokens", MAX("at") AS "last_at"
      FROM "activity"
      WHERE "person_id" = ${personId}::uuid AND "at" >= ${rowsSince} AND "jti" IS NOT NULL
      GROUP BY 1
      UNION ALL
      SELECT "application_id", SUM("count"), MAX("last_at")
      FROM "usage_hourly"
      WHERE "person_id" = ${personId}::uuid AND "hour" >= ${since} AND "hour" < ${rowsSince}
        AND "kind" = 'tokens' AND "outcome" = 'ok'
      GROUP BY 1
    ) e
    LEFT JOIN "applications" a ON a."id" = e."application_id" AND a."deleted_at" IS NULL
    GROUP BY e."application_id", a."name"
    ORDER BY MAX(e."last_at") DESC, e."application_id"
    LIMIT 100`;
}
