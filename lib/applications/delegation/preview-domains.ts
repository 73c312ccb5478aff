import "server-only";

import { database } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { COUNTED_MAX, type Counted, countedUpTo } from "@/lib/list/counted";
import { ROWS_COUNTED_MAX } from "@/lib/list/page-window";
import type { PreviewDomains } from "./delegation.schema";
import type { DomainsPreview } from "./delegation.types";

/**
 * Says what another list of domains would do, before it is saved: of the people who are known, active and may be acted
 * for, and whom the other lists of the application admit, how many come into its reach and how many leave it. Counted up
 * to 1,000 of each; no list at all is every domain. Nothing is changed.
 */
export async function previewDomains({ applicationId, domains: after }: PreviewDomains): Promise<DomainsPreview> {
  const rows = await database().applicationDomain.findMany({ where: { applicationId }, select: { domain: true } });
  const before = rows.map(({ domain }) => domain);
  const [added, removed] = await Promise.all([
    countPeople(applicationId, beyond(after, before)),
    countPeople(applicationId, beyond(before, after)),
  ]);
  return { added, removed };
}

/** The domains of one list that another lacks: by name, or all but some where the first list is every domain. */
type Reach = { only: string[] } | { allBut: readonly string[] };

function beyond(list: readonly string[], other: readonly string[]): Reach {
  if (other.length === 0) return { only: [] };
  return list.length === 0 ? { allBut: other } : { only: list.filter((domain) => !other.includes(domain)) };
}

async function countPeople(applicationId: string, reach: Reach): Promise<Counted> {
  if ("only" in reach && reach.only.length === 0) return { count: 0, hasMore: false };
  const admitted = Prisma.sql`NOT EXISTS (
      SELECT 1 FROM "application_person_rules" d
      WHERE d."application_id" = ${applicationId}::uuid AND d."email" = p."email" AND d."effect" = 'deny'
    ) AND (
      NOT EXISTS (
        SELECT 1 FROM "application_person_rules" w
        WHERE w."application_id" = ${applicationId}::uuid AND w."effect" = 'allow'
      ) OR EXISTS (
        SELECT 1 FROM "application_person_rules" l
        WHERE l."application_id" = ${applicationId}::uuid AND l."email" = p."email" AND l."effect" = 'allow'
      )
    )`;
  const isKnown = Prisma.sql`"is_active" AND "is_delegation_allowed"`;
  // By domain an index finds them. All others are looked for among so many people, however many there are.
  const people =
    "only" in reach
      ? Prisma.sql`
          SELECT "email" FROM "people"
          WHERE split_part("email", '@', 2) = ANY(${reach.only}::text[]) AND ${isKnown} LIMIT ${ROWS_COUNTED_MAX + 1}`
      : Prisma.sql`SELECT "email" FROM "people" WHERE ${isKnown} LIMIT ${ROWS_COUNTED_MAX + 1}`;
  const others = "only" in reach ? [] : [...reach.allBut];
  const [found] = await database().$queryRaw<{ looked: number; count: number }[]>`
    WITH "looked" AS MATERIALIZED (${people})
    SELECT (SELECT count(*)::int FROM "looked") AS "looked", count(*)::int AS "count" FROM (
      SELECT 1 FROM "looked" p
      WHERE split_part(p."email", '@', 2) <> ALL(${others}::text[]) AND ${admitted} LIMIT ${COUNTED_MAX + 1}
    ) AS reached`;
  const counted = countedUpTo(COUNTED_MAX, found?.count ?? 0);
  return { ...counted, hasMore: counted.hasMore || (found?.looked ?? 0) > ROWS_COUNTED_MAX };
}
