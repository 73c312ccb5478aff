import "server-only";

import { OK } from "@/lib/activity/call-result.types";
import { database } from "@/lib/db/client";
import { DAY_MS } from "@/lib/time";
import { CALL_KINDS, type DailyCalls } from "./usage.types";

type Row = { applicationId: string; day: string; answered: number; refused: number };

/**
 * Counts the calls of several applications on the last `days` UTC days, today included, oldest first and no day left out,
 * by the id of the application. One read for all of them, of nothing but their rows of these days.
 */
export async function listDailyCalls(
  applicationIds: readonly string[],
  days: number,
  now: Date,
): Promise<Map<string, DailyCalls[]>> {
  const dates = Array.from({ length: days }, (_, index) =>
    new Date(now.getTime() - (days - 1 - index) * DAY_MS).toISOString().slice(0, 10),
  );
  const byApplication = new Map(
    applicationIds.map((id) => [id, dates.map((): DailyCalls => ({ answered: 0, refused: 0 }))]),
  );
  if (applicationIds.length === 0) return byApplication;
  const rows = await database().$queryRaw<Row[]>`
    SELECT "application_id" AS "applicationId", "day"::text AS "day",
      COALESCE(SUM("count") FILTER (WHERE "outcome" = ${OK}), 0)::int AS "answered",
      COALESCE(SUM("count") FILTER (WHERE "outcome" <> ${OK}), 0)::int AS "refused"
    FROM "usage_daily"
    WHERE "application_id" = ANY(${[...applicationIds]}::uuid[])
      AND "day" BETWEEN ${dates[0]}::date AND ${dates.at(-1)}::date
      AND "kind" = ANY(${[...CALL_KINDS]}::text[])
    GROUP BY 1, 2`;
  for (const { applicationId, day, answered, refused } of rows) {
    const target = byApplication.get(applicationId)?.[dates.indexOf(day)];
    if (target !== undefined) Object.assign(target, { answered, refused });
  }
  return byApplication;
}
