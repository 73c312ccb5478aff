import "server-only";

import { database } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { type SearchPattern, searchPattern } from "@/lib/list/contains-text";
import type { SortDirection } from "@/lib/list/list-address";
import type { PageResult } from "@/lib/list/page-result";
import { MATCHES_COUNTED_MAX, NEWEST_FIRST, pageWindow, ROWS_COUNTED_MAX } from "@/lib/list/page-window";
import { findMatches, isFrequentMatch, isMatch, type SearchPart } from "./find-matches";

type Order<Sort extends string> = { sort: Sort | typeof NEWEST_FIRST.sort; dir: SortDirection };

/** A list that may hold a million rows, in SQL. */
export type LongList<Row, Shown, Sort extends string> = {
  /** The table, and what all of the SQL here calls its rows: `rooms r`. */
  table: Prisma.Sql;
  /** The id of such a row: `r.id`. */
  id: Prisma.Sql;
  /** Says which rows pass the filters. */
  filters: Prisma.Sql;
  /** The ways in which the search finds rows, of those that pass the filters. */
  searchParts(pattern: SearchPattern, filters: Prisma.Sql): readonly SearchPart[];
  /** Reads a page of the rows that pass a condition. */
  pageQuery(condition: Prisma.Sql, order: Order<Sort>, window: { skip: number; take: number }): Prisma.Sql;
  toRow(row: Row): Shown;
};

/**
 * Reads the page of a list that passes the search and the filters. At most `ROWS_COUNTED_MAX` rows are counted, and
 * `MATCHES_COUNTED_MAX` of a search: so many are all found by an index and sorted as asked, and of more the page is read
 * with the newest first. A search without a letter or digit is not run: no index answers it.
 */
export async function readListPage<Row, Shown, Sort extends string>(
  params: Order<Sort> & { q: string; page: number; perPage: number },
  list: LongList<Row, Shown, Sort>,
): Promise<PageResult<Shown>> {
  const pattern = searchPattern(params.q);
  if (params.q !== "" && pattern === undefined) return { ...NOTHING, ...pageWindow(0, params) };
  const found = await (pattern === undefined ? countRows(params, list) : search(pattern, params, list));
  const { condition, counted, max, order } = found;
  const { skip, take, ...window } = pageWindow(counted, params, max);
  const rows = await database().$queryRaw<Row[]>(list.pageQuery(condition, order, { skip, take }));
  return { rows: rows.map(list.toRow), isNewestFirst: order === NEWEST_FIRST, isSearchable: true, ...window };
}

const NOTHING = { rows: [], isNewestFirst: false, isSearchable: false };

/** What passes, how many rows that is, counted up to one more than `max`, and in which order to read them. */
type Found<Sort extends string> = { condition: Prisma.Sql; counted: number; max: number; order: Order<Sort> };

async function countRows<Sort extends string>(
  order: Order<Sort>,
  { table, filters }: Pick<LongList<never, unknown, Sort>, "table" | "filters">,
): Promise<Found<Sort>> {
  const [total] = await database().$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (
      SELECT 1 FROM ${table} WHERE ${filters} LIMIT ${ROWS_COUNTED_MAX + 1}) AS counted`;
  return { condition: filters, counted: total?.count ?? 0, max: ROWS_COUNTED_MAX, order };
}

async function search<Sort extends string>(
  pattern: SearchPattern,
  order: Order<Sort>,
  { id, filters, searchParts }: Pick<LongList<never, unknown, Sort>, "id" | "filters" | "searchParts">,
): Promise<Found<Sort>> {
  const parts = searchParts(pattern, filters);
  const matches = await findMatches(parts);
  const found = { counted: matches.ids.length, max: MATCHES_COUNTED_MAX };
  if (matches.ids.length <= MATCHES_COUNTED_MAX) return { ...found, condition: isMatch(id, matches), order };
  return {
    ...found,
    condition: Prisma.sql`${filters} AND ${isFrequentMatch(parts, matches)}`,
    // What is searched for and what is sorted by is often the same column: then the first match may come last.
    order: order.sort === NEWEST_FIRST.sort ? order : NEWEST_FIRST,
  };
}
