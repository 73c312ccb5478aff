import "server-only";

import { database } from "@/lib/db/client";
import { findMatches, isMatch } from "@/lib/db/find-matches";
import { Prisma } from "@/lib/db/generated/client";
import { countedUpTo } from "@/lib/list/counted";
import type { PageResult } from "@/lib/list/page-result";
import { MATCHES_COUNTED_MAX, NEWEST_FIRST, pageWindow, ROWS_COUNTED_MAX } from "@/lib/list/page-window";
import type { ListPeopleParams } from "./person.schema";
import type { PersonSummary } from "./person.types";
import {
  countQuery,
  filterConditions,
  isFrequentMatch,
  matchesQuery,
  pageQuery,
  ROOMS_OWNED_COUNTED_MAX,
} from "./person-query";

type Row = Omit<PersonSummary, "staff" | "roomsOwned"> & { roomsOwned: number };

/**
 * Lists a page of the people whose address or name contains `q` in upper or lower case and that pass the filters. At
 * most 10,000 are counted, and 2,000 of a search.
 */
export async function listPeople(params: ListPeopleParams): Promise<PageResult<PersonSummary>> {
  // People and accounts of the portal share nothing but their address. There are few accounts.
  const accounts = await database().staffMember.findMany({ select: { email: true, isImpersonationAllowed: true } });
  const staff = new Map(accounts.map(({ email, isImpersonationAllowed }) => [email, { isImpersonationAllowed }]));
  const filters = filterConditions(params, {
    all: [...staff.keys()],
    shielded: accounts.filter((account) => !account.isImpersonationAllowed).map(({ email }) => email),
  });
  const { condition, counted, max, order } = await findPeople(params, filters);
  const { skip, take, ...window } = pageWindow(counted, params, max);
  const rows = await database().$queryRaw<Row[]>(pageQuery(condition, order, { skip, take }));
  return {
    rows: rows.map(({ roomsOwned, ...row }) => ({
      ...row,
      staff: staff.get(row.email) ?? null,
      roomsOwned: countedUpTo(ROOMS_OWNED_COUNTED_MAX, roomsOwned),
    })),
    isNewestFirst: order === NEWEST_FIRST,
    ...window,
  };
}

/** Counts what passes, and says how to read a page of it. */
async function findPeople(params: ListPeopleParams, filters: Prisma.Sql) {
  const { q } = params;
  if (q === "") {
    const [total] = await database().$queryRaw<{ count: number }[]>(countQuery(filters, ROWS_COUNTED_MAX + 1));
    return { condition: filters, counted: total?.count ?? 0, max: ROWS_COUNTED_MAX, order: params };
  }
  const matches = await findMatches([matchesQuery(q, filters)]);
  const isFrequent = matches.ids.length > MATCHES_COUNTED_MAX;
  const condition = isFrequent ? Prisma.sql`${filters} AND ${isFrequentMatch(q)}` : isMatch(Prisma.sql`p.id`, matches);
  // What is searched for and what is sorted by is often the same column: then the first match may come last.
  const order = isFrequent && params.sort !== "created" ? NEWEST_FIRST : params;
  return { condition, counted: matches.ids.length, max: MATCHES_COUNTED_MAX, order };
}
