import "server-only";

import { OK } from "@/lib/activity/call-result.types";
import { database } from "@/lib/db/client";
import { DAY_MS } from "@/lib/time";
import type { BusyPerson } from "./usage.types";

/**
 * Lists for whom an application was busiest on the last `days` days (35 are kept): tokens issued and calls answered on
 * their behalf, most first. People who are gone are left out.
 */
export async function listBusiestPeople(
  applicationId: string,
  { days, take = 10 }: { days: number; take?: number },
  now: Date,
): Promise<BusyPerson[]> {
  const since = new Date(now.getTime() - days * DAY_MS);
  return database().$queryRaw<BusyPerson[]>`
    SELECT p."id", p."email",
      COALESCE(SUM(u."count") FILTER (WHERE u."kind" = 'tokens'), 0)::int AS "tokens",
      COALESCE(SUM(u."count") FILTER (WHERE u."kind" = 'rooms'), 0)::int AS "rooms",
      MAX(u."last_at") AS "lastCallAt"
    FROM "usage_hourly" u
    JOIN "people" p ON p."id" = u."person_id"
    WHERE u."application_id" = ${applicationId}::uuid AND u."outcome" = ${OK} AND u."hour" >= ${since}
    GROUP BY p."id", p."email"
    ORDER BY SUM(u."count") DESC, p."email"
    LIMIT ${take}`;
}
