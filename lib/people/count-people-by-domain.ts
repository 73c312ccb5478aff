import "server-only";

import { database } from "@/lib/db/client";
import { COUNTED_MAX, type Counted, countedUpTo } from "@/lib/list/counted";

/**
 * How many people who are known, active and may be acted for have their address at each of `domains`: at most 1,000 of a
 * domain are counted. One query.
 */
export async function countPeopleByDomain(domains: readonly string[]): Promise<Map<string, Counted>> {
  if (domains.length === 0) return new Map();
  const rows = await database().$queryRaw<{ domain: string; people: number }[]>`
    SELECT asked."domain", counted."people"
    FROM unnest(${[...domains]}::text[]) AS asked("domain"), LATERAL (
      SELECT count(*)::int AS "people" FROM (
        SELECT 1 FROM "people"
        WHERE split_part("email", '@', 2) = asked."domain" AND "is_active" AND "is_delegation_allowed"
        LIMIT ${COUNTED_MAX + 1}
      ) AS reached
    ) AS counted`;
  return new Map(rows.map(({ domain, people }) => [domain, countedUpTo(COUNTED_MAX, people)]));
}
