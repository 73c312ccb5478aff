import "server-only";

import { database } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { containing } from "@/lib/list/contains-text";
import type { PageResult } from "@/lib/list/page-result";
import { pageWindow, ROWS_COUNTED_MAX } from "@/lib/list/page-window";
import type { ListStaffParams } from "@/lib/staff/staff.schema";
import type { StaffSummary } from "@/lib/staff/staff.types";
import { staffSummarySelect, toStaffSummary } from "@/lib/staff/staff-projection";

/** Lists a page of the members of staff whose name or e-mail contains `q` in upper or lower case and that pass the filters. */
export async function listStaff(params: ListStaffParams, now: Date): Promise<PageResult<StaffSummary>> {
  const where = toWhere(params);
  const counted = await database().staffMember.count({ where, take: ROWS_COUNTED_MAX + 1 });
  const { skip, take, ...window } = pageWindow(counted, params);
  const rows = await database().staffMember.findMany({
    where,
    select: staffSummarySelect,
    orderBy: toOrder(params),
    skip,
    take,
  });
  return { rows: rows.map((row) => toStaffSummary(row, now)), isNewestFirst: false, isSearchable: true, ...window };
}

/** Whom to ask: at most `take` of the administrators who may sign in, those who were here last first. */
export async function listAdministrators(take: number): Promise<{ name: string; email: string }[]> {
  return database().staffMember.findMany({
    where: { role: "administrator", isActive: true },
    select: { name: true, email: true },
    orderBy: [{ lastSignedInAt: { sort: "desc", nulls: "last" } }, { id: "asc" }],
    take,
  });
}

function toWhere({ q, role, status, secondFactor }: ListStaffParams): Prisma.StaffMemberWhereInput {
  return {
    ...(q === "" ? {} : { OR: [{ name: containing(q) }, { email: containing(q) }] }),
    ...(role === "" ? {} : { role }),
    ...(status === "" ? {} : status === "invited" ? { joinedAt: null } : { isActive: status === "active" }),
    ...(status === "inactive" ? { joinedAt: { not: null } } : {}),
    ...(secondFactor === "" ? {} : SECOND_FACTORS[secondFactor]),
  };
}

/** Whoever signs in with the organisation counts as `external` alone, as the list shows them. */
const LOCAL = { identities: { none: {} } } satisfies Prisma.StaffMemberWhereInput;
const SECOND_FACTORS: Record<Exclude<ListStaffParams["secondFactor"], "">, Prisma.StaffMemberWhereInput> = {
  on: { ...LOCAL, hasSecondFactor: true },
  off: { ...LOCAL, hasSecondFactor: false },
  passkey: { ...LOCAL, passkeys: { some: {} } },
  // One that was shown and has not given a right code yet is none.
  app: { ...LOCAL, authenticatorApp: { sealedKey: { not: null } } },
  external: { identities: { some: {} } },
};

/** The id settles what is equal, so that no row is on two pages or on none. */
function toOrder({ sort, dir }: ListStaffParams): Prisma.StaffMemberOrderByWithRelationInput[] {
  if (sort === "name") return [{ name: dir }, { id: dir }];
  // Who has never signed in did so longest ago.
  return [{ lastSignedInAt: { sort: dir, nulls: dir === "asc" ? "first" : "last" } }, { id: dir }];
}
