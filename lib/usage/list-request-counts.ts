import "server-only";

import { ACTIVITY_KINDS } from "@/lib/activity/activity.types";
import { CALL_RESULTS, type CallResult, toCallResult } from "@/lib/activity/call-result.types";
import type { ActivityScope } from "@/lib/activity/log/activity-log.types";
import { toRefusalCause } from "@/lib/activity/refusal-causes";
import { database } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { DAY_MS, HOUR_MS } from "@/lib/time";
import type { RequestPeriod } from "./usage.types";

/** Up to so long a time is counted by the hour. */
const BY_HOUR_MAX_MS = 2 * DAY_MS;

/**
 * Counts the requests of a scope by the hour or, for more than two days, by the UTC day, oldest first, none left out. A
 * short time is shown in the day that it is the end of. Outcome and status make no difference: each period says what was
 * answered, refused and failed. Made of counts, never of rows, so a request appears some seconds late.
 */
export async function listRequestCounts(scope: ActivityScope): Promise<RequestPeriod[]> {
  const { since, until, step } = chartTimeOf(scope);
  const periods = Array.from({ length: Math.ceil((until - since) / step) }, (_, index): RequestPeriod => {
    const from = since + index * step;
    return { from: new Date(from), to: new Date(from + step), answered: 0, refused: 0, failed: 0 };
  });
  if (scope.isNowhere) return periods;
  for (const { period, kind, outcome, count } of await readCounts(scope, { since, until, step })) {
    const known = ACTIVITY_KINDS.find((name) => name === kind);
    const target = periods[Math.floor((period.getTime() - since) / step)];
    if (known === undefined || target === undefined) continue;
    const result = toCallResult(outcome);
    if (scope.cause !== undefined && (result === "answered" || toRefusalCause(known, outcome) !== scope.cause))
      continue;
    target[result] += count;
  }
  return periods;
}

/** Adds up what periods count. */
export function sumOf(periods: readonly RequestPeriod[]): Record<CallResult, number> {
  const sums = { answered: 0, refused: 0, failed: 0 };
  for (const period of periods) for (const result of CALL_RESULTS) sums[result] += period[result];
  return sums;
}

type ChartTime = { since: number; until: number; step: number };

function chartTimeOf({ since, until }: Pick<ActivityScope, "since" | "until">): ChartTime {
  const [begin, end] = [since.getTime(), until.getTime()];
  const step = end - begin <= BY_HOUR_MAX_MS ? HOUR_MS : DAY_MS;
  const floor = (time: number) => Math.floor(time / step) * step;
  const last = Math.max(floor(end - 1), floor(begin));
  return {
    since: step === HOUR_MS ? Math.min(floor(begin), last - 23 * step) : floor(begin),
    until: last + step,
    step,
  };
}

type CountRow = { period: Date; kind: string; outcome: string; count: number };

async function readCounts(
  { application, person, credential }: ActivityScope,
  { since, until, step }: ChartTime,
): Promise<CountRow[]> {
  const applicationId = application?.id ?? credential?.applicationId;
  const time = { from: new Date(since), to: new Date(until) };
  const shared = [
    Prisma.sql`"application_id" NOT IN (SELECT "id" FROM "applications" WHERE "deleted_at" IS NOT NULL)`,
    ...(applicationId === undefined ? [] : [Prisma.sql`"application_id" = ${applicationId}::uuid`]),
  ];
  if (step === DAY_MS && person === undefined && credential === undefined) {
    return database().$queryRaw<CountRow[]>`
      SELECT "day"::timestamp AT TIME ZONE 'UTC' AS "period", "kind", "outcome", SUM("count")::int AS "count"
      FROM "usage_daily"
      WHERE "day" >= (${time.from}::timestamptz AT TIME ZONE 'UTC')::date
        AND "day" < (${time.to}::timestamptz AT TIME ZONE 'UTC')::date AND ${Prisma.join(shared, " AND ")}
      GROUP BY 1, 2, 3`;
  }
  const rest = [
    ...shared,
    ...(person === undefined ? [] : [Prisma.sql`"person_id" = ${person.id}::uuid`]),
    ...(credential === undefined ? [] : [Prisma.sql`"credential_id" = ${credential.id}::uuid`]),
  ];
  return database().$queryRaw<CountRow[]>`
    SELECT date_trunc(${step === DAY_MS ? "day" : "hour"}, "hour", 'UTC') AS "period", "kind", "outcome",
      SUM("count")::int AS "count"
    FROM "usage_hourly"
    WHERE "hour" >= ${time.from} AND "hour" < ${time.to} AND ${Prisma.join(rest, " AND ")}
    GROUP BY 1, 2, 3`;
}
