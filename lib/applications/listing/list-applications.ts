import "server-only";

import type { ApplicationSummary } from "@/lib/applications/application.types";
import { toScopes } from "@/lib/applications/application-projection";
import type { ListApplicationsParams } from "@/lib/applications/listing/application-list.schema";
import { Prisma } from "@/lib/db/generated/client";
import { readListPage } from "@/lib/db/long-list/read-list-page";
import type { PageResult } from "@/lib/list/page-result";
import { filterConditions, pageQuery, searchParts } from "./application-query";

type Row = Omit<ApplicationSummary, "scopes" | "secrets"> & {
  scopes: string[];
  secretCount: number;
  nextSecretEnd: Date | null;
  isRevocation: boolean;
  hasLastingSecret: boolean;
};

/**
 * Lists a page of the applications that pass the search and the filters. At most 10,000 are counted, and 2,000 of a
 * search.
 */
export function listApplications(params: ListApplicationsParams, now: Date): Promise<PageResult<ApplicationSummary>> {
  return readListPage(params, {
    table: Prisma.sql`applications a`,
    id: Prisma.sql`a.id`,
    filters: filterConditions(params, now),
    searchParts,
    pageQuery: (condition, order, window) => pageQuery(condition, order, { ...window, now }),
    toRow: toSummary,
  });
}

function toSummary({ secretCount, nextSecretEnd, isRevocation, hasLastingSecret, ...row }: Row): ApplicationSummary {
  return {
    ...row,
    scopes: toScopes(row.scopes),
    secrets: { count: secretCount, nextEnd: nextSecretEnd, isRevocation, hasLasting: hasLastingSecret },
  };
}
