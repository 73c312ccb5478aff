import "server-only";

import { searchPatterns } from "@/lib/list/contains-text";
import { MATCHES_COUNTED_MAX } from "@/lib/list/page-window";
import { database } from "./client";
import { Prisma } from "./generated/client";

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
 * Runs a search that is made of `parts`, each of which selects the `id` of rows. A part is planned as if all of its rows
 * were wanted, which is what makes the planner look for an index when few match, and read no further than needed when
 * many do.
 */
export async function findMatches(parts: readonly Prisma.Sql[]): Promise<Matches> {
  const take = MATCHES_COUNTED_MAX + 1;
  const names = parts.map((_, index) => ({
    whole: Prisma.raw(`part_${index}`),
    cut: Prisma.raw(`part_${index}_cut`),
  }));
  const tables = parts.flatMap((part, index) => {
    const { whole, cut } = names[index] ?? {};
    return whole === undefined || cut === undefined
      ? []
      : [
          Prisma.sql`${whole} AS MATERIALIZED (${part} LIMIT ${PART_ROWS_MAX})`,
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

/** Says in SQL that the search finds `q` in one of the columns, in upper or lower case. */
export function isFound(q: string, columns: readonly Prisma.Sql[]): Prisma.Sql {
  const patterns = searchPatterns(q);
  const conditions = columns.flatMap((column) => patterns.map((pattern) => Prisma.sql`${column} ILIKE ${pattern}`));
  return Prisma.sql`(${Prisma.join(conditions, " OR ")})`;
}

/** Says in SQL that `id` is one of the matches. Only when all of them were found. */
export function isMatch(id: Prisma.Sql, { ids }: Matches): Prisma.Sql {
  return Prisma.sql`${id} = ANY(${ids}::uuid[])`;
}
