import "server-only";

import { database } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import type { PageResult } from "@/lib/list/page-result";
import { APPLICATIONS_PER_PAGE, type ListApplicationsParams } from "./application.schema";
import type { ApplicationSummary } from "./application.types";
import { applicationSummarySelect, toApplicationSummary } from "./application-projection";

/**
 * Lists applications, newest first, 25 a page, whose name or client id contains `q` in upper or lower case.
 * A page beyond the end gives the last one: the list may have become shorter since the link was made.
 */
export async function listApplications({ q, page }: ListApplicationsParams): Promise<PageResult<ApplicationSummary>> {
  const where = q === "" ? {} : { OR: [{ name: containing(q) }, { clientId: containing(q) }] };
  const rowCount = await database().application.count({ where });
  const pageCount = Math.max(1, Math.ceil(rowCount / APPLICATIONS_PER_PAGE));
  const shownPage = Math.min(page, pageCount);
  const rows = await database().application.findMany({
    where,
    select: applicationSummarySelect,
    // The id settles what was created in the same millisecond, so that no row is on two pages or on none.
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    skip: (shownPage - 1) * APPLICATIONS_PER_PAGE,
    take: APPLICATIONS_PER_PAGE,
  });
  return { rows: rows.map(toApplicationSummary), rowCount, page: shownPage, pageCount };
}

function containing(text: string): Prisma.StringFilter {
  return { contains: escapeLike(text), mode: "insensitive" };
}

/** Prisma hands the text to ILIKE as it is: what people type is text, not a pattern. */
function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, "\\$&");
}
