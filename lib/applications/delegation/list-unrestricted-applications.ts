import "server-only";

import { database } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { type Counted, countedUpTo } from "@/lib/list/counted";
import { ROWS_COUNTED_MAX } from "@/lib/list/page-window";
import type { UnrestrictedApplication } from "./delegation.types";

/** Says in SQL of an application, called `a`, that it is there and may act for anyone. */
export const IS_UNRESTRICTED = Prisma.sql`a."deleted_at" IS NULL AND a."is_unrestricted"`;

/** How many the report shows; the list of applications has a filter for all of them. */
const UNRESTRICTED_SHOWN_MAX = 100;

type Row = Omit<UnrestrictedApplication, "people"> & { deniedPeople: number };

/**
 * The applications that may act for anyone, because they have neither domains nor an allow list: those that are active
 * first, then by name. Counted is who is known, active, may be acted for and is not on the deny list, up to 10,000;
 * accounts of the portal count when an administrator lets them be acted for.
 */
export async function listUnrestrictedApplications(): Promise<{
  rows: UnrestrictedApplication[];
  hasMoreRows: boolean;
}> {
  const [found, reachable] = await Promise.all([readApplications(), countReachable()]);
  const rows = found.slice(0, UNRESTRICTED_SHOWN_MAX).map(({ deniedPeople, ...application }) => ({
    ...application,
    people: { ...reachable, count: reachable.count - deniedPeople },
  }));
  return { rows, hasMoreRows: found.length > UNRESTRICTED_SHOWN_MAX };
}

const IS_REACHABLE = Prisma.sql`
  p."is_active" AND p."is_delegation_allowed" AND NOT EXISTS (
    SELECT 1 FROM "staff_members" m WHERE m."email" = p."email" AND NOT m."is_impersonation_allowed"
  )`;

function readApplications(): Promise<Row[]> {
  return database().$queryRaw<Row[]>`
    WITH shown AS MATERIALIZED (
      SELECT a."id" FROM "applications" a WHERE ${IS_UNRESTRICTED}
      ORDER BY a."is_active" DESC, lower(a."name"), a."id" LIMIT ${UNRESTRICTED_SHOWN_MAX + 1}
    )
    SELECT
      a."id", a."name", a."is_active" AS "isActive", a."created_at" AS "createdAt", s."name" AS "createdByName",
      a."last_used_at" AS "lastUsedAt",
      (
        SELECT count(*)::int FROM "application_person_rules" d JOIN "people" p ON p."email" = d."email"
        WHERE d."application_id" = a."id" AND d."effect" = 'deny' AND ${IS_REACHABLE}
      ) AS "deniedPeople"
    FROM shown JOIN "applications" a ON a."id" = shown."id"
    LEFT JOIN "staff_members" s ON s."id" = a."created_by_id"
    ORDER BY a."is_active" DESC, lower(a."name"), a."id"`;
}

async function countReachable(): Promise<Counted> {
  const [total] = await database().$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS "count" FROM (
      SELECT 1 FROM "people" p WHERE ${IS_REACHABLE} LIMIT ${ROWS_COUNTED_MAX + 1}
    ) AS reached`;
  return countedUpTo(ROWS_COUNTED_MAX, total?.count ?? 0);
}
