import "server-only";

import { database } from "@/lib/db/client";

/** How many people who are known, active and may be acted for have their address at each of `domains`. One query. */
export async function countPeopleByDomain(domains: readonly string[]): Promise<Map<string, number>> {
  if (domains.length === 0) return new Map();
  const rows = await database().$queryRaw<{ domain: string; people: number }[]>`
    SELECT split_part("email", '@', 2) AS "domain", count(*)::int AS "people"
    FROM "people"
    WHERE split_part("email", '@', 2) = ANY(${[...domains]}) AND "is_active" AND "is_delegation_allowed"
    GROUP BY 1`;
  return new Map(rows.map(({ domain, people }) => [domain, people]));
}
