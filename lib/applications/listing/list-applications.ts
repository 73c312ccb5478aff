import "server-only";

import type { ListApplicationsParams } from "@/lib/applications/application.schema";
import type { ApplicationSummary } from "@/lib/applications/application.types";
import { applicationSummarySelect, toApplicationSummary } from "@/lib/applications/application-projection";
import { database } from "@/lib/db/client";
import type { PageResult } from "@/lib/list/page-result";
import { pageWindow, ROWS_COUNTED_MAX } from "@/lib/list/page-window";
import { countQuery, idsQuery, type ListPosition } from "./application-query";

/** Lists a page of the applications that pass the search and the filters. At most 10,000 are counted. */
export async function listApplications(
  params: ListApplicationsParams,
  now: Date,
): Promise<PageResult<ApplicationSummary>> {
  const [total] = await database().$queryRaw<{ count: number }[]>(countQuery(params, ROWS_COUNTED_MAX + 1, now));
  const { skip, take, ...window } = pageWindow(total?.count ?? 0, params);
  const found = await database().$queryRaw<ListPosition[]>(idsQuery(params, { skip, take }, now));
  const rows = await database().application.findMany({
    where: { id: { in: found.map(({ id }) => id) } },
    select: applicationSummarySelect,
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  const shown = found.flatMap(({ id }) => byId.get(id) ?? []);
  return { rows: shown.map(toApplicationSummary), ...window };
}
