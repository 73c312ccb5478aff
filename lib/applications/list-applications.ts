import "server-only";

import { database } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { containing } from "@/lib/list/contains-text";
import type { PageResult } from "@/lib/list/page-result";
import { pageWindow, ROWS_COUNTED_MAX } from "@/lib/list/page-window";
import type { ListApplicationsParams } from "./application.schema";
import type { ApplicationSummary } from "./application.types";
import { applicationSummarySelect, toApplicationSummary } from "./application-projection";

/**
 * Lists a page of the applications whose name or client id contains `q` in upper or lower case and that pass the filters.
 */
export async function listApplications(params: ListApplicationsParams): Promise<PageResult<ApplicationSummary>> {
  const where = toWhere(params);
  const counted = await database().application.count({ where, take: ROWS_COUNTED_MAX + 1 });
  const { skip, take, ...window } = pageWindow(counted, params);
  const rows = await database().application.findMany({
    where,
    select: applicationSummarySelect,
    orderBy: toOrder(params),
    skip,
    take,
  });
  return { rows: rows.map(toApplicationSummary), ...window };
}

function toWhere({ q, status, scope }: ListApplicationsParams): Prisma.ApplicationWhereInput {
  return {
    ...(q === "" ? {} : { OR: [{ name: containing(q) }, { clientId: containing(q) }] }),
    ...(status === "" ? {} : { isActive: status === "active" }),
    ...(scope === "" ? {} : { scopes: { has: scope } }),
  };
}

/** The id settles what is equal, so that no row is on two pages or on none. */
function toOrder({ sort, dir }: ListApplicationsParams): Prisma.ApplicationOrderByWithRelationInput[] {
  if (sort === "name") return [{ name: dir }, { id: dir }];
  // What was never used was used least recently.
  if (sort === "lastUsed") return [{ lastUsedAt: { sort: dir, nulls: dir === "asc" ? "first" : "last" } }, { id: dir }];
  return [{ createdAt: dir }, { id: dir }];
}
