import "server-only";

import { ACTIVITY_KINDS, type ActivityKind } from "@/lib/activity/activity.types";
import { toCallResult } from "@/lib/activity/call-result.types";
import { database } from "@/lib/db/client";
import { DAY_MS } from "@/lib/time";
import { CALL_KINDS, type CallKind, type UsageDay } from "./usage.types";

/** Reads the calls of an application on the last `days` UTC days, today included, oldest first. No day is left out. */
export async function listUsageByDay(applicationId: string, days: number, now: Date): Promise<UsageDay[]> {
  const dates = Array.from({ length: days }, (_, index) =>
    toDay(new Date(now.getTime() - (days - 1 - index) * DAY_MS)),
  );
  const byDay = new Map(dates.map((day) => [day, emptyDay(day)]));
  const rows = await database().usageDaily.findMany({
    where: { applicationId, day: { gte: new Date(`${dates[0]}T00:00:00Z`) } },
    select: { day: true, kind: true, outcome: true, count: true },
  });
  for (const { day, kind, outcome, count } of rows) {
    const target = byDay.get(toDay(day));
    if (target !== undefined && isCallKind(kind)) target[kind][toCallResult(outcome)] += count;
  }
  return [...byDay.values()];
}

/** The outcomes behind the numbers of `listUsageByDay`, the most frequent first. */
export type OutcomeCount = { kind: ActivityKind; reason: string; count: number };

/** Counts the refusals of an application on the last `days` UTC days by reason, most frequent first. */
export async function countRefusalsByReason(applicationId: string, days: number, now: Date): Promise<OutcomeCount[]> {
  const first = toDay(new Date(now.getTime() - (days - 1) * DAY_MS));
  const groups = await database().usageDaily.groupBy({
    by: ["kind", "outcome"],
    where: { applicationId, day: { gte: new Date(`${first}T00:00:00Z`) } },
    _sum: { count: true },
  });
  return groups
    .flatMap(({ kind, outcome, _sum }) =>
      isActivityKind(kind) && toCallResult(outcome) !== "answered"
        ? [{ kind, reason: outcome, count: _sum.count ?? 0 }]
        : [],
    )
    .sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1));
}

function isCallKind(kind: string): kind is CallKind {
  return CALL_KINDS.some((known) => known === kind);
}

function isActivityKind(kind: string): kind is ActivityKind {
  return ACTIVITY_KINDS.some((known) => known === kind);
}

function emptyDay(day: string): UsageDay {
  const none = () => ({ answered: 0, refused: 0, failed: 0 });
  return { day, tokens: none(), rooms: none() };
}

function toDay(at: Date): string {
  return at.toISOString().slice(0, 10);
}
