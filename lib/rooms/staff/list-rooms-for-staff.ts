import "server-only";

import { database } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import type { PageResult } from "@/lib/list/page-result";
import { pageWindow, ROWS_COUNTED_MAX } from "@/lib/list/page-window";
import type { ListRoomsForStaffParams } from "./staff-room.schema";
import type { RoomState, RoomSummary } from "./staff-room.types";
import { countQuery, idsQuery } from "./staff-room-query";

const OWNERS_SHOWN_MAX = 2;

/**
 * Finds rooms, whoever they belong to, deleted ones among them. The search looks into links, names, the names that
 * applications give them, the addresses of owners and the names of applications. `now` decides what has expired.
 */
export async function listRoomsForStaff(params: ListRoomsForStaffParams, now: Date): Promise<PageResult<RoomSummary>> {
  const [total] = await database().$queryRaw<{ count: number }[]>(countQuery(params, ROWS_COUNTED_MAX + 1, now));
  const { skip, take, ...result } = pageWindow(total?.count ?? 0, params);
  const found = await database().$queryRaw<{ id: string }[]>(idsQuery(params, { skip, take }, now));
  const rows = await database().room.findMany({
    where: { id: { in: found.map(({ id }) => id) } },
    select: roomSummarySelect,
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  const shown = found.flatMap(({ id }) => byId.get(id) ?? []);
  return { rows: shown.map((row) => toRoomSummary(row, now)), ...result };
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
