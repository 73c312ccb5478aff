import "server-only";

import { IS_UNRESTRICTED } from "@/lib/applications/delegation/list-unrestricted-applications";
import {
  EXPIRING_WITHIN_DAYS,
  type ListApplicationsParams,
  NO_SCOPE,
  UNUSED_FOR_DAYS,
} from "@/lib/applications/listing/application-list.schema";
import { Prisma } from "@/lib/db/generated/client";
import { isFound, type SearchPart } from "@/lib/db/long-list/find-matches";
import { type SearchPattern, searchPattern } from "@/lib/list/contains-text";
import { DAY_MS } from "@/lib/time";

type Sort = ListApplicationsParams["sort"];

/** What the list is ordered by, as the indexes of the migration have it, and the type of it. */
const ORDER_KEYS: Record<Sort, { key: Prisma.Sql; type: Prisma.Sql }> = {
  created: { key: Prisma.sql`a.created_at`, type: Prisma.sql`timestamptz` },
  name: { key: Prisma.sql`lower(a.name)`, type: Prisma.sql`text` },
  // What was never used was used least recently.
  lastUsed: { key: Prisma.sql`COALESCE(a.last_used_at, '-infinity'::timestamptz)`, type: Prisma.sql`timestamptz` },
};

const SEARCHED = [Prisma.sql`a.name`, Prisma.sql`a.client_id`, Prisma.sql`a.owner_contact`];

/** A place in the list: the row after which it goes on. */
export type ListPosition = { key: string; id: string };

/** Says in SQL which applications, called `a`, pass the filters at the moment `now`. */
export function filterConditions(params: ListApplicationsParams, now: Date): Prisma.Sql {
  const conditions = [Prisma.sql`a.deleted_at IS NULL`];
  if (params.status !== "") conditions.push(Prisma.sql`a.is_active = ${params.status === "active"}`);
  if (params.scope === NO_SCOPE) conditions.push(Prisma.sql`a.scopes = '{}'`);
  else if (params.scope !== "") conditions.push(Prisma.sql`a.scopes @> ARRAY[${params.scope}]::text[]`);
  // An allow list limits as domains do: who has one may not act for anyone.
  if (params.anyDomain) conditions.push(IS_UNRESTRICTED);
  if (params.expiring) {
    // The first condition says nothing new; the index is of those that end.
    const until = new Date(now.getTime() + EXPIRING_WITHIN_DAYS * DAY_MS);
    conditions.push(Prisma.sql`a.id IN (
      SELECT s.application_id FROM application_secrets s
      WHERE (s.expires_at IS NOT NULL OR s.revoked_at IS NOT NULL)
        AND LEAST(s.expires_at, s.revoked_at) > ${now}::timestamptz
        AND LEAST(s.expires_at, s.revoked_at) <= ${until}::timestamptz)`);
  }
  if (params.unused) {
    const since = new Date(now.getTime() - UNUSED_FOR_DAYS * DAY_MS);
    conditions.push(
      Prisma.sql`COALESCE(a.last_used_at, '-infinity'::timestamptz) < ${since}::timestamptz
        AND a.created_at < ${since}::timestamptz`,
    );
  }
  return Prisma.join(conditions, " AND ");
}

/**
 * The applications whose name, client id or owner contact the search finds, and those with a domain that it finds: two
 * parts, each by its index. `OFFSET 0` keeps the planner from joining both tables before it hands out the first.
 */
export function searchParts(pattern: SearchPattern, filters: Prisma.Sql): SearchPart[] {
  const isOwn = isFound(pattern, SEARCHED);
  const isDomain = isFound(pattern, [Prisma.sql`d.domain`]);
  return [
    { ids: Prisma.sql`SELECT a.id FROM applications a WHERE ${isOwn} AND ${filters}`, condition: isOwn },
    {
      ids: Prisma.sql`
        SELECT found.id FROM application_domains d, LATERAL (
          SELECT a.id FROM applications a WHERE a.id = d.application_id AND ${filters} OFFSET 0
        ) AS found
        WHERE ${isDomain}`,
      condition: Prisma.sql`EXISTS (
        SELECT 1 FROM application_domains d WHERE d.application_id = a.id AND ${isDomain} OFFSET 0)`,
    },
  ];
}

/** The filters and the search in one condition, for who wants everything that passes. */
export function wholeCondition(params: ListApplicationsParams, now: Date): Prisma.Sql {
  const filters = filterConditions(params, now);
  if (params.q === "") return filters;
  const pattern = searchPattern(params.q);
  if (pattern === undefined) return Prisma.sql`FALSE`;
  const parts = searchParts(pattern, filters).map(({ ids }) => ids);
  return Prisma.sql`a.id IN (${Prisma.join(parts, " UNION ")})`;
}

/**
 * Finds the ids of what passes, in the order of the list: `skip` rows in, or after a place that an earlier answer gave.
 * The id settles what is equal, so that no row is on two pages or on none.
 */
export function idsQuery(
  condition: Prisma.Sql,
  { sort, dir }: Pick<ListApplicationsParams, "sort" | "dir">,
  window: { take: number; skip?: number; after?: ListPosition | undefined },
): Prisma.Sql {
  const { key, type } = ORDER_KEYS[sort];
  const [direction, beyond] = dir === "asc" ? [Prisma.sql`ASC`, Prisma.sql`>`] : [Prisma.sql`DESC`, Prisma.sql`<`];
  const after =
    window.after === undefined
      ? Prisma.empty
      : Prisma.sql`AND (${key}, a.id) ${beyond} (${window.after.key}::${type}, ${window.after.id}::uuid)`;
  return Prisma.sql`
    SELECT a.id, (${key})::text AS key FROM applications a
    WHERE ${condition} ${after}
    ORDER BY ${key} ${direction}, a.id ${direction}
    LIMIT ${window.take} OFFSET ${window.skip ?? 0}`;
}

/**
 * Reads a page of what passes; its lists are counted and summed up, and those for the rows that are shown alone. `now`
 * decides which secrets are live.
 */
export function pageQuery(
  condition: Prisma.Sql,
  order: Pick<ListApplicationsParams, "sort" | "dir">,
  { now, ...window }: { take: number; skip: number; now: Date },
): Prisma.Sql {
  const { key } = ORDER_KEYS[order.sort];
  const lastsUntil = new Date(now.getTime() + EXPIRING_WITHIN_DAYS * DAY_MS);
  const direction = order.dir === "asc" ? Prisma.sql`ASC` : Prisma.sql`DESC`;
  return Prisma.sql`
    WITH page AS MATERIALIZED (${idsQuery(condition, order, window)})
    SELECT a.id, a.name, a.client_id AS "clientId", a.is_active AS "isActive", a.scopes, a.created_at AS "createdAt",
      a.last_used_at AS "lastUsedAt", a.owner_contact AS "ownerContact", domains.count AS "domainCount",
      domains.first AS "firstDomain", secrets.count AS "secretCount", secrets.next_end AS "nextSecretEnd",
      secrets.is_revocation AS "isRevocation", secrets.has_lasting AS "hasLastingSecret",
      (SELECT count(*)::int FROM application_person_rules w WHERE w.application_id = a.id AND w.effect = 'allow')
        AS "allowedPersonCount"
    FROM page JOIN applications a ON a.id = page.id
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS count, min(d.domain) AS first FROM application_domains d WHERE d.application_id = a.id
    ) AS domains
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS count, min(live.end) FILTER (WHERE live.end <= ${lastsUntil}::timestamptz) AS next_end,
        COALESCE(min(live.revoked_at) = min(live.end), false) AS is_revocation,
        COALESCE(bool_or(live.end > ${lastsUntil}::timestamptz), false) AS has_lasting
      FROM (
        SELECT s.revoked_at, LEAST(s.expires_at, s.revoked_at, 'infinity'::timestamptz) AS "end"
        FROM application_secrets s WHERE s.application_id = a.id AND s.compromised_at IS NULL
      ) AS live
      WHERE live.end > ${now}::timestamptz
    ) AS secrets
    ORDER BY ${key} ${direction}, a.id ${direction}`;
}
