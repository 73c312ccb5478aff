import "server-only";

import type { ListApplicationsParams } from "@/lib/applications/application.schema";
import type { ApplicationSummary } from "@/lib/applications/application.types";
import { toScopes } from "@/lib/applications/application-projection";
import { database } from "@/lib/db/client";
import { findMatches, isMatch } from "@/lib/db/find-matches";
import { Prisma } from "@/lib/db/generated/client";
import type { PageResult } from "@/lib/list/page-result";
import { MATCHES_COUNTED_MAX, NEWEST_FIRST, pageWindow, ROWS_COUNTED_MAX } from "@/lib/list/page-window";
import { countQuery, filterConditions, isFrequentMatch, matchesQueries, pageQuery } from "./application-query";

/**
 * Lists a page of the applications that pass the search and the filters. At most 10,000 are counted, and 2,000 of a
 * search.
 */
export async function listApplications(
  params: ListApplicationsParams,
  now: Date,
): Promise<PageResult<ApplicationSummary>> {
  const { condition, counted, max, order } = await findApplications(params, now);
  const { skip, take, ...window } = pageWindow(counted, params, max);
  const rows = await database().$queryRaw<(Omit<ApplicationSummary, "scopes"> & { scopes: string[] })[]>(
    pageQuery(condition, order, { skip, take }),
  );
  return {
    rows: rows.map((row) => ({ ...row, scopes: toScopes(row.scopes) })),
    isNewestFirst: order === NEWEST_FIRST,
    ...window,
  };
}

/** Counts what passes, and says how to read a page of it. */
async function findApplications(params: ListApplicationsParams, now: Date) {
  const filters = filterConditions(params, now);
  if (params.q === "") {
    const [total] = await database().$queryRaw<{ count: number }[]>(countQuery(filters, ROWS_COUNTED_MAX + 1));
    return { condition: filters, counted: total?.count ?? 0, max: ROWS_COUNTED_MAX, order: params };
  }
  const matches = await findMatches(matchesQueries(params.q, filters));
  const isFrequent = matches.ids.length > MATCHES_COUNTED_MAX;
  const condition = isFrequent
    ? Prisma.sql`${filters} AND ${isFrequentMatch(params.q, matches)}`
    : isMatch(Prisma.sql`a.id`, matches);
  // What is searched for and what is sorted by is often the same column: then the first match may come last.
  const order = isFrequent && params.sort !== "created" ? NEWEST_FIRST : params;
  return { condition, counted: matches.ids.length, max: MATCHES_COUNTED_MAX, order };
}
