import "server-only";

import { database } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { SearchPattern } from "@/lib/list/contains-text";
import { MATCHES_COUNTED_MAX } from "@/lib/list/page-window";

/** One of the ways in which a search finds rows. */
export type SearchPart = {
  /** Selects the `id` of every row that is found so and passes the filters. By an index: only what matches is read. */
  ids: Prisma.Sql;
  /** Says of one row that it is found so. */
  condition: Prisma.Sql;
};

/** Which rows a search finds. More than `MATCHES_COUNTED_MAX` may be cut: then `ids` are some of them. */
export type Matches = {
  ids: string[];
  /** For each part of the search, whether it found anything. */
  hasMatch: boolean[];
};

/**
 * A part that gives more rows than this is a large share of its table. The planner is told to expect no more of them,
 * which makes it read the table until enough are found instead of collecting all of them from an index.
 */
const PART_ROWS_MAX = 20_000;

/**
 * Runs a search that is made of `parts`. A part is planned as if all of its rows were wanted, which is what makes the
 * planner look for an index when few match, and read no further than needed when many do.
 */
export async function findMatches(parts: readonly SearchPart[]): Promise<Matches> {
  const take = MATCHES_COUNTED_MAX + 1;
  const names = parts.map((_, index) => ({
    whole: Prisma.raw(`part_${index}`),
    cut: Prisma.raw(`part_${index}_cut`),
  }));
  const tables = parts.flatMap(({ ids }, index) => {
    const { whole, cut } = names[index] ?? {};
    return whole === undefined || cut === undefined
      ? []
      : [
          Prisma.sql`${whole} AS MATERIALIZED (${ids} LIMIT ${PART_ROWS_MAX})`,
          Prisma.sql`${cut} AS MATERIALIZED (SELECT id FROM ${whole} LIMIT ${take})`,
        ];
  });
  const [row] = await database().$queryRaw<Matches[]>`
    WITH ${Prisma.join(tables)}
    SELECT
      ARRAY(${Prisma.join(
        names.map(({ cut }) => Prisma.sql`SELECT id::text FROM ${cut}`),
        " UNION ",
      )}) AS ids,
      ARRAY[${Prisma.join(names.map(({ cut }) => Prisma.sql`EXISTS (SELECT 1 FROM ${cut})`))}] AS "hasMatch"`;
  if (row === undefined) throw new Error("A statement that always has one row had none.");
  return row;
}

/** Says in SQL that the search finds something in one of the columns. */
export function isFound({ operator, pattern }: SearchPattern, columns: readonly Prisma.Sql[]): Prisma.Sql {
  const conditions = columns.map((column) => Prisma.sql`${column} ${Prisma.raw(operator)} ${pattern}`);
  return Prisma.sql`(${Prisma.join(conditions, " OR ")})`;
}

/** Says in SQL that `id` is one of the matches. Only when all of them were found. */
export function isMatch(id: Prisma.Sql, { ids }: Matches): Prisma.Sql {
  return Prisma.sql`${id} = ANY(${ids}::uuid[])`;
}

/**
 * Says in SQL that the search finds a row, for a list that is read in its order until a page is full. In a CASE, which no
 * index answers and of which the planner expects that every second row passes: so many match that the page is full soon.
 * Parts of the search that found nothing are left out.
 */
export function isFrequentMatch(parts: readonly SearchPart[], { hasMatch }: Matches): Prisma.Sql {
  const conditions = parts.filter((_, index) => hasMatch[index]).map(({ condition }) => condition);
  return Prisma.sql`CASE WHEN ${Prisma.join(conditions, " OR ")} THEN TRUE ELSE FALSE END`;
}
