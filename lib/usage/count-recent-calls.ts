import "server-only";

import { OK } from "@/lib/activity/call-result.types";
import { database } from "@/lib/db/client";
import { DAY_MS } from "@/lib/time";
import type { RecentCalls } from "./usage.types";

export type RecentCallsFilter = {
  applicationId?: string | undefined;
  /** Any of these; an empty list is none. */
  applicationIds?: readonly string[] | undefined;
  /** A secret or a key. */
  credentialId?: string | undefined;
  personId?: string | undefined;
};

/**
 * Counts the calls of the last 24 hours, from the start of the hour in which they began: what switching something off
 * would stop. Every given filter must match; without any, all calls count. Calls appear here a few seconds late.
 */
export async function countRecentCalls(filter: RecentCallsFilter, now: Date): Promise<RecentCalls> {
  const since = new Date(now.getTime() - DAY_MS);
  const { applicationId = null, credentialId = null, personId = null } = filter;
  const applicationIds = filter.applicationIds === undefined ? null : [...filter.applicationIds];
  const [row] = await database().$queryRaw<Record<keyof RecentCalls, unknown>[]>`
    SELECT
      COALESCE(SUM("count") FILTER (WHERE "kind" = 'tokens' AND "outcome" = ${OK}), 0)::int AS "tokens",
      COALESCE(SUM("count") FILTER (WHERE "kind" = 'rooms' AND "outcome" = ${OK}), 0)::int AS "rooms",
      COALESCE(SUM("count") FILTER (WHERE "outcome" <> ${OK}), 0)::int AS "refused",
      COUNT(DISTINCT "application_id") FILTER (WHERE "outcome" = ${OK})::int AS "applications",
      MAX("last_at") FILTER (WHERE "outcome" = ${OK}) AS "lastCallAt"
    FROM "usage_hourly"
    WHERE "hour" >= date_trunc('hour', ${since}::timestamptz, 'UTC')
      AND (${applicationId}::uuid IS NULL OR "application_id" = ${applicationId}::uuid)
      AND (${applicationIds}::uuid[] IS NULL OR "application_id" = ANY(${applicationIds}::uuid[]))
      AND (${credentialId}::uuid IS NULL OR "credential_id" = ${credentialId}::uuid)
      AND (${personId}::uuid IS NULL OR "person_id" = ${personId}::uuid)
      AND "application_id" NOT IN (SELECT "id" FROM "applications" WHERE "deleted_at" IS NOT NULL)`;
  return {
    tokens: Number(row?.tokens ?? 0),
    rooms: Number(row?.rooms ?? 0),
    refused: Number(row?.refused ?? 0),
    applications: Number(row?.applications ?? 0),
    lastCallAt: row?.lastCallAt instanceof Date ? row.lastCallAt : null,
  };
}
