import "server-only";

import { database } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { containing } from "@/lib/list/contains-text";
import type { PageResult } from "@/lib/list/page-result";
import { pageWindow, ROWS_COUNTED_MAX } from "@/lib/list/page-window";
import type { ListRoomsForStaffParams } from "./staff-room.schema";
import type { RoomState, RoomSummary } from "./staff-room.types";

const OWNERS_SHOWN_MAX = 2;

/**
 * Finds rooms, whoever they belong to, deleted ones among them. The search looks into links, names, the names that
 * applications give them, the addresses of owners and the names of applications. `now` decides what has expired.
 */
export async function listRoomsForStaff(params: ListRoomsForStaffParams, now: Date): Promise<PageResult<RoomSummary>> {
  const where = toWhere(params, now);
  const counted = await database().room.count({ where, take: ROWS_COUNTED_MAX + 1 });
  const { skip, take, ...result } = pageWindow(counted, params);
  const rows = await database().room.findMany({
    where,
    select: roomSummarySelect,
    orderBy: toOrder(params),
    skip,
    take,
  });
  return { rows: rows.map((row) => toRoomSummary(row, now)), ...result };
}

const owners = { role: "owner" } as const;

export const roomSummarySelect = {
  id: true,
  slug: true,
  name: true,
  accessLevel: true,
  externalId: true,
  createdAt: true,
  expiresAt: true,
  deletedAt: true,
  createdByApplication: { where: { deletedAt: null }, select: { id: true, name: true } },
  accesses: {
    where: owners,
    select: { person: { select: { email: true } } },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    take: OWNERS_SHOWN_MAX,
  },
  _count: { select: { accesses: { where: owners } } },
} as const satisfies Prisma.RoomSelect;

type SummaryRow = Prisma.RoomGetPayload<{ select: typeof roomSummarySelect }>;

function toRoomSummary(
  { createdByApplication, accesses, _count, expiresAt, deletedAt, ...row }: SummaryRow,
  now: Date,
): RoomSummary {
  return {
    ...row,
    state: roomState({ expiresAt, deletedAt }, now),
    application: createdByApplication,
    owners: accesses.map(({ person }) => person.email),
    ownerCount: _count.accesses,
  };
}

/** Deleted comes before expired: it is what somebody decided. */
export function roomState(room: { expiresAt: Date | null; deletedAt: Date | null }, now: Date): RoomState {
  if (room.deletedAt !== null) return "deleted";
  return room.expiresAt !== null && room.expiresAt <= now ? "expired" : "open";
}

function toWhere({ q, access, state, application }: ListRoomsForStaffParams, now: Date): Prisma.RoomWhereInput {
  return {
    ...(access === "" ? {} : { accessLevel: access }),
    ...(application === "" ? {} : { createdByApplicationId: application }),
    AND: [STATE_WHERE[state](now), q === "" ? {} : searchWhere(q)],
  };
}

function searchWhere(q: string): Prisma.RoomWhereInput {
  const text = containing(q);
  return {
    OR: [
      { slug: text },
      { name: text },
      { externalId: text },
      { createdByApplication: { name: text, deletedAt: null } },
      { accesses: { some: { ...owners, person: { email: text } } } },
    ],
  };
}

const STATE_WHERE: Record<RoomState | "", (now: Date) => Prisma.RoomWhereInput> = {
  "": () => ({}),
  open: (now) => ({ deletedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] }),
  expired: (now) => ({ deletedAt: null, expiresAt: { lte: now } }),
  deleted: () => ({ deletedAt: { not: null } }),
};

/** The id settles what is equal, so that no row is on two pages or on none. */
function toOrder({ sort, dir }: ListRoomsForStaffParams): Prisma.RoomOrderByWithRelationInput[] {
  return sort === "name" ? [{ name: dir }, { id: dir }] : [{ createdAt: dir }, { id: dir }];
}
