import "server-only";

import type { ActivityKind } from "@/lib/activity/activity.types";
import { OK } from "@/lib/activity/call-result.types";
import { database } from "@/lib/db/client";
import { DAY_MS } from "@/lib/time";

export type RefusedApplication = {
  id: string;
  name: string;
  /** Refused and failed calls. */
  refused: number;
  /** What was refused most, as kind and reason code of the log inventory. */
  kind: ActivityKind;
  reason: string;
};

/**
 * Lists the applications with refused calls in the last 24 hours, from the start of the hour in which they began, most
 * refused first, each with its most frequent reason; and how many applications there are.
 */
export async function listRefusedApplications(
  take: number,
  now: Date,
): Promise<{ count: number; rows: RefusedApplication[] }> {
  const since = new Date(now.getTime() - DAY_MS);
  const rows = await database().$queryRaw<(RefusedApplication & { total: number })[]>`
    WITH reasons AS (
      SELECT "application_id", "kind", "outcome", SUM("count") AS calls
      FROM "usage_hourly"
      WHERE "hour" >= date_trunc('hour', ${since}::timestamptz, 'UTC') AND "outcome" <> ${OK}
      GROUP BY 1, 2, 3
    )
    SELECT a."id", a."name", SUM(r.calls)::int AS "refused",
      (array_agg(r."kind" ORDER BY r.calls DESC, r."kind", r."outcome"))[1] AS "kind",
      (array_agg(r."outcome" ORDER BY r.calls DESC, r."kind", r."outcome"))[1] AS "reason",
      (COUNT(*) OVER ())::int AS "total"
    FROM reasons r
    JOIN "applications" a ON a."id" = r."application_id" AND a."deleted_at" IS NULL
    GROUP BY a."id", a."name"
    ORDER BY SUM(r.calls) DESC, a."id"
    LIMIT ${take}`;
  return { count: rows[0]?.total ?? 0, rows: rows.map(({ total, ...row }) => row) };
}
