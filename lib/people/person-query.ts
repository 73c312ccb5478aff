import "server-only";

import { Prisma } from "@/lib/db/generated/client";
import { isFound, type SearchPart } from "@/lib/db/long-list/find-matches";
import type { SearchPattern } from "@/lib/list/contains-text";
import type { ListPeopleParams } from "./person.schema";

/** The addresses of the portal's accounts, and of those for which no application may act. There are few accounts. */
export type StaffAddresses = { all: readonly string[]; shielded: readonly string[] };

type Window = { skip: number; take: number };

const SEARCHED = [Prisma.sql`p.email`, Prisma.sql`p.display_name`];

/** How many rooms of a person are counted for a row of the list. */
export const ROOMS_OWNED_COUNTED_MAX = 100;

/** Says in SQL which people, called `p`, pass the filters. */
export function filterConditions(
  { status, delegation }: ListPeopleParams,
  { all, shielded }: StaffAddresses,
): Prisma.Sql {
  const conditions = [Prisma.sql`TRUE`];
  if (status !== "") conditions.push(status === "active" ? Prisma.sql`p.is_active` : Prisma.sql`NOT p.is_active`);
  if (delegation === "staff") conditions.push(Prisma.sql`p.email = ANY(${all}::text[])`);
  if (delegation === "on") {
    conditions.push(Prisma.sql`p.is_delegation_allowed AND p.email <> ALL(${shielded}::text[])`);
  }
  if (delegation === "off") {
    conditions.push(Prisma.sql`(NOT p.is_delegation_allowed OR p.email = ANY(${shielded}::text[]))`);
  }
  return Prisma.join(conditions, " AND ");
}

/** The people whose address or name the search finds, by the index of both. */
export function searchParts(pattern: SearchPattern, filters: Prisma.Sql): SearchPart[] {
  const condition = isFound(pattern, SEARCHED);
  return [{ ids: Prisma.sql`SELECT p.id FROM people p WHERE ${condition} AND ${filters}`, condition }];
}

/**
 * Reads a page of what passes. The address or the id settles what is equal, so that no row is on two pages or on none.
 * Rooms are counted for the rows that are shown alone.
 */
export function pageQuery(
  condition: Prisma.Sql,
  { sort, dir }: Pick<ListPeopleParams, "sort" | "dir">,
  window: Window,
): Prisma.Sql {
  return Prisma.sql`
    WITH page AS MATERIALIZED (${idsQuery(condition, { sort, dir }, window)})
    SELECT p.id, p.email, p.display_name AS "displayName", p.is_active AS "isActive",
      p.is_delegation_allowed AS "isDelegationAllowed", p.created_at AS "createdAt",
      (SELECT count(*)::int FROM (
        SELECT 1 FROM room_accesses c JOIN rooms r ON r.id = c.room_id AND r.deleted_at IS NULL
        WHERE c.person_id = p.id AND c.role = 'owner' LIMIT ${ROOMS_OWNED_COUNTED_MAX + 1}) AS owned) AS "roomsOwned"
    FROM page JOIN people p ON p.id = page.id
    ORDER BY ${orderOf(sort, dir)}`;
}

const ORDERS = {
  created: { asc: Prisma.sql`p.created_at ASC, p.id ASC`, desc: Prisma.sql`p.created_at DESC, p.id DESC` },
  email: { asc: Prisma.sql`p.email ASC`, desc: Prisma.sql`p.email DESC` },
  // Who has no name comes last, either way.
  name: {
    asc: Prisma.sql`p.display_name ASC, p.email ASC`,
    desc: Prisma.sql`p.display_name DESC NULLS LAST, p.email DESC`,
  },
} as const;

function orderOf(sort: ListPeopleParams["sort"], dir: ListPeopleParams["dir"]): Prisma.Sql {
  return ORDERS[sort][dir];
}

function idsQuery(
  condition: Prisma.Sql,
  { sort, dir }: Pick<ListPeopleParams, "sort" | "dir">,
  { skip, take }: Window,
): Prisma.Sql {
  if (sort !== "name" || dir === "asc") {
    return Prisma.sql`
      SELECT p.id FROM people p WHERE ${condition} ORDER BY ${orderOf(sort, dir)} LIMIT ${take} OFFSET ${skip}`;
  }
  // An index read backwards begins with those who have no name: read in two parts, both of it.
  const part = (number: number, isNamed: Prisma.Sql) => Prisma.sql`
    (SELECT p.id, p.display_name, p.email, ${number}::int AS part FROM people p
     WHERE ${condition} AND p.display_name ${isNamed}
     ORDER BY p.display_name DESC, p.email DESC LIMIT ${skip + take})`;
  return Prisma.sql`
    SELECT p.id FROM (
      ${part(1, Prisma.sql`IS NOT NULL`)} UNION ALL ${part(2, Prisma.sql`IS NULL`)}
    ) AS p
    ORDER BY p.part, p.display_name DESC, p.email DESC
    LIMIT ${take} OFFSET ${skip}`;
}
