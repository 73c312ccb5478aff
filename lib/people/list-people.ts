import "server-only";

import { database } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { readListPage } from "@/lib/db/long-list/read-list-page";
import { countedUpTo } from "@/lib/list/counted";
import type { PageResult } from "@/lib/list/page-result";
import type { ListPeopleParams } from "./person.schema";
import type { PersonSummary } from "./person.types";
import { filterConditions, pageQuery, ROOMS_OWNED_COUNTED_MAX, searchParts } from "./person-query";

type Row = Omit<PersonSummary, "staff" | "roomsOwned"> & { roomsOwned: number };

/**
 * Lists a page of the people whose address or name contains `q` in upper or lower case and that pass the filters. At
 * most 10,000 are counted, and 2,000 of a search.
 */
export async function listPeople(params: ListPeopleParams): Promise<PageResult<PersonSummary>> {
  // People and accounts of the portal share nothing but their address. There are few accounts.
  const accounts = await database().staffMember.findMany({ select: { email: true, isImpersonationAllowed: true } });
  const staff = new Map(accounts.map(({ email, isImpersonationAllowed }) => [email, { isImpersonationAllowed }]));
  return readListPage(params, {
    table: Prisma.sql`people p`,
    id: Prisma.sql`p.id`,
    filters: filterConditions(params, {
      all: [...staff.keys()],
      shielded: accounts.filter((account) => !account.isImpersonationAllowed).map(({ email }) => email),
    }),
    searchParts,
    pageQuery,
    toRow: ({ roomsOwned, ...row }: Row) => ({
      ...row,
      staff: staff.get(row.email) ?? null,
      roomsOwned: countedUpTo(ROOMS_OWNED_COUNTED_MAX, roomsOwned),
    }),
  });
}
