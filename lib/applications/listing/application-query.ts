import "server-only";

import {
  EXPIRING_WITHIN_DAYS,
  type ListApplicationsParams,
  NO_SCOPE,
  UNUSED_FOR_DAYS,
} from "@/lib/applications/application.schema";
import { IS_UNRESTRICTED } from "@/lib/applications/delegation/list-unrestricted-applications";
import { Prisma } from "@/lib/db/generated/client";
import { escapeLike, hasTrigram } from "@/lib/list/contains-text";
import { DAY_MS } from "@/lib/time";

type Sort = ListApplicationsParams["sort"];

/** What the list is ordered by, as the indexes of the migration have it, and the type of it. */
const ORDER_KEYS: Record<Sort, { key: Prisma.Sql; type: Prisma.Sql }> = {
  created: { key: Prisma.sql`a.created_at`, type: Prisma.sql`timestamptz` },
  name: { key: Prisma.sql`lower(a.name)`, type: Prisma.sql`text` },
  // What was never used was used least recently.
  lastUsed: { key: Prisma.sql`COALESCE(a.last_used_at, '-infinity'::timestamptz)`, type: Prisma.sql`timestamptz` },
};

/** A place in the list: the row after which it goes on. */
export type ListPosition = { key: string; id: string };

/** Says in SQL which applications, called `a`, pass the search and the filters at the moment `now`. */
export function applicationConditions(params: ListApplicationsParams, now: Date): Prisma.Sql {
  const conditions = [Prisma.sql`a.deleted_at IS NULL`];
  if (params.q !== "") conditions.push(matching(params.q));
  if (params.status !== "") conditions.push(Prisma.sql`a.is_active = ${params.status === "active"}`);
  if (params.scope === NO_SCOPE) conditions.push(Prisma.sql`a.scopes = '{}'`);
  else if (params.scope !== "") conditions.push(Prisma.sql`a.scopes @> ARRAY[${params.scope}]::text[]`);
  // An allow list limits as domains do: who has one may not act for anyone.
  if (params.anyDomain) conditions.push(IS_UNRESTRICTED);
  if (params.expiring) {
    const until = new Date(now.getTime() + EXPIRING_WITHIN_DAYS * DAY_MS);
    conditions.push(Prisma.sql`a.id IN (
      SELECT s.application_id FROM application_secrets s
      WHERE LEAST(s.expires_at, s.revoked_at) > ${now}::timestamptz
        AND LEAST(s.expires_at, s.revoked_at) <= ${until}::timestamptz)`);
  }
  if (params.unused) {
    const since = new Date(now.getTime() - UNUSED_FOR_DAYS * DAY_MS);
    conditions.push(Prisma.sql`COALESCE(a.last_used_at, a.created_at) < ${since}::timestamptz`);
  }
  return Prisma.join(conditions, " AND ");
}

/** Part of a name, a client id, an owner contact or a domain, in upper or lower case. */
function matching(q: string): Prisma.Sql {
  const pattern = `%${escapeLike(q)}%`;
  const inColumns = Prisma.sql`(name ILIKE ${pattern} OR client_id ILIKE ${pattern} OR owner_contact ILIKE ${pattern})`;
  if (!hasTrigram(q)) {
    return Prisma.sql`(${inColumns} OR EXISTS (
      SELECT 1 FROM application_domains d WHERE d.application_id = a.id AND d.domain ILIKE ${pattern}))`;
  }
  // An OR over two tables would read both whole; a union of what each index finds does not.
  return Prisma.sql`a.id IN (
    SELECT id FROM applications WHERE ${inColumns}
    UNION SELECT application_id FROM application_domains WHERE domain ILIKE ${pattern})`;
}

/** Counts what passes, up to `max`. */
export function countQuery(params: ListApplicationsParams, max: number, now: Date): Prisma.Sql {
  return Prisma.sql`SELECT count(*)::int AS count FROM (
    SELECT 1 FROM applications a WHERE ${applicationConditions(params, now)} LIMIT ${max}) AS counted`;
}

/**
 * Finds the ids of what passes, in the order of the list: `skip` rows in, or after a place that an earlier answer gave.
 * The id settles what is equal, so that no row is on two pages or on none.
 */
export function idsQuery(
  params: ListApplicationsParams,
  window: { take: number; skip?: number; after?: ListPosition | undefined },
  now: Date,
): Prisma.Sql {
  const { key, type } = ORDER_KEYS[params.sort];
  const [direction, beyond] =
    params.dir === "asc" ? [Prisma.sql`ASC`, Prisma.sql`>`] : [Prisma.sql`DESC`, Prisma.sql`<`];
  const after =
    window.after === undefined
      ? Prisma.empty
      : Prisma.sql`AND (${key}, a.id) ${beyond} (${window.after.key}::${type}, ${window.after.id}::uuid)`;
  return Prisma.sql`
    SELECT a.id, (${key})::text AS key FROM applications a
    WHERE ${applicationConditions(params, now)} ${after}
    ORDER BY ${key} ${direction}, a.id ${direction}
    LIMIT ${window.take} OFFSET ${window.skip ?? 0}`;
}
