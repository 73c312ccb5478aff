import "server-only";

import { database } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { containing } from "@/lib/list/contains-text";
import type { PageResult } from "@/lib/list/page-result";
import { pageWindow, ROWS_COUNTED_MAX } from "@/lib/list/page-window";
import type { ListPeopleParams } from "./person.schema";
import type { PersonSummary } from "./person.types";

/** Lists a page of the people whose address or name contains `q` in upper or lower case and that pass the filters. */
export async function listPeople(params: ListPeopleParams): Promise<PageResult<PersonSummary>> {
  // People and accounts of the portal share nothing but their address. There are few accounts.
  const accounts = await database().staffMember.findMany({ select: { email: true, isImpersonationAllowed: true } });
  const staff = new Map(accounts.map(({ email, isImpersonationAllowed }) => [email, { isImpersonationAllowed }]));
  const where = toWhere(params, staff);
  const counted = await database().person.count({ where, take: ROWS_COUNTED_MAX + 1 });
  const { skip, take, ...window } = pageWindow(counted, params);
  const rows = await database().person.findMany({
    where,
    select: {
      id: true,
      email: true,
      displayName: true,
      isActive: true,
      isDelegationAllowed: true,
      createdAt: true,
      _count: { select: { accesses: { where: { role: "owner", room: { deletedAt: null } } } } },
    },
    orderBy: toOrder(params),
    skip,
    take,
  });
  return {
    rows: rows.map(({ _count, ...row }) => ({
      ...row,
      staff: staff.get(row.email) ?? null,
      roomsOwned: _count.accesses,
    })),
    ...window,
  };
}

function toWhere(
  { q, status, delegation }: ListPeopleParams,
  staff: ReadonlyMap<string, { isImpersonationAllowed: boolean }>,
): Prisma.PersonWhereInput {
  const shielded = [...staff]
    .filter(([, { isImpersonationAllowed }]) => !isImpersonationAllowed)
    .map(([email]) => email);
  const conditions: Prisma.PersonWhereInput[] = [];
  if (q !== "") conditions.push({ OR: [{ email: containing(q) }, { displayName: containing(q) }] });
  if (status !== "") conditions.push({ isActive: status === "active" });
  if (delegation === "staff") conditions.push({ email: { in: [...staff.keys()] } });
  if (delegation === "on") conditions.push({ isDelegationAllowed: true, email: { notIn: shielded } });
  if (delegation === "off") conditions.push({ OR: [{ isDelegationAllowed: false }, { email: { in: shielded } }] });
  return { AND: conditions };
}

/** The id settles what is equal, so that no row is on two pages or on none. */
function toOrder({ sort, dir }: ListPeopleParams): Prisma.PersonOrderByWithRelationInput[] {
  if (sort === "email") return [{ email: dir }];
  if (sort === "name") return [{ displayName: { sort: dir, nulls: "last" } }, { email: dir }];
  return [{ createdAt: dir }, { id: dir }];
}
