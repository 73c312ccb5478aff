import "server-only";

import { OK } from "@/lib/activity/call-result.types";
import { database } from "@/lib/db/client";
import { DAY_MS, HOUR_MS } from "@/lib/time";

/** The key of the advisory lock under which one process counts. Any number, as long as it stays the same. */
export const COUNT_LOCK = 8_245_117_005;
/** Stands for "no credential" and "no person": a part of a primary key cannot be empty. */
const NOBODY = "00000000-0000-0000-0000-000000000000";

/**
 * Counts the rows of `activity` into `usage_hourly` and `usage_daily`: the hours from the last one that was counted on, the
 * hour before now, and with `isWide` those of the last day, for rows that came late. Each hour is counted anew as a whole and
 * no count becomes smaller, so it may stop anywhere and be done again, by several processes at once too; one works and the
 * others leave it to that one. Returns how many counts of hours have changed; undefined where another process was at work,
 * which may not have seen the last rows.
 */
export async function countActivity(
  now: Date,
  { isWide = false }: { isWide?: boolean } = {},
): Promise<number | undefined> {
  const [counted] = await database().$queryRaw<
    { hour: Date | null }[]
  >`SELECT MAX("hour") AS "hour" FROM "usage_hourly"`;
  const recent = now.getTime() - (isWide ? DAY_MS + HOUR_MS : HOUR_MS);
  const since = new Date(Math.min(recent, counted?.hour?.getTime() ?? 0));
  const [result] = await database().$queryRaw<{ isMine: boolean; changed: number }[]>`
    WITH "turn" AS MATERIALIZED (SELECT pg_try_advisory_xact_lock(${COUNT_LOCK}) AS "is_mine"),
    "changed" AS (
    INSERT INTO "usage_hourly" AS u
      ("hour", "application_id", "credential_id", "person_id", "kind", "outcome", "count", "last_at")
    SELECT date_trunc('hour', e."at", 'UTC'), e."application_id", COALESCE(e."credential_id", ${NOBODY}::uuid),
      COALESCE(e."person_id", ${NOBODY}::uuid), e."kind", COALESCE(e."reason", ${OK}), SUM(e."requests"), MAX(e."at")
    FROM "activity" e
    JOIN "applications" a ON a."id" = e."application_id" AND a."deleted_at" IS NULL
    WHERE (SELECT "is_mine" FROM "turn") AND e."at" >= date_trunc('hour', ${since}::timestamptz, 'UTC')
    GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 4, 5, 6
    ON CONFLICT ("hour", "application_id", "credential_id", "person_id", "kind", "outcome")
    DO UPDATE SET "count" = EXCLUDED."count", "last_at" = GREATEST(u."last_at", EXCLUDED."last_at")
    WHERE u."count" < EXCLUDED."count"
    RETURNING 1)
    SELECT (SELECT "is_mine" FROM "turn") AS "isMine", (SELECT count(*)::int FROM "changed") AS "changed"`;
  // Also when nothing has changed: whoever counted before may have stopped here.
  await database().$executeRaw`
    INSERT INTO "usage_daily" AS u ("day", "application_id", "kind", "outcome", "count")
    SELECT (h."hour" AT TIME ZONE 'UTC')::date, h."application_id", h."kind", h."outcome", SUM(h."count")
    FROM "usage_hourly" h
    JOIN "applications" a ON a."id" = h."application_id" AND a."deleted_at" IS NULL
    WHERE h."hour" >= date_trunc('day', ${since}::timestamptz, 'UTC')
    GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
    ON CONFLICT ("day", "application_id", "kind", "outcome") DO UPDATE SET "count" = EXCLUDED."count"
    WHERE u."count" < EXCLUDED."count"`;
  return result?.isMine === true ? result.changed : undefined;
}
