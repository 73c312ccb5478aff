import "server-only";

import { Prisma } from "@/lib/db/generated/client";
import { readListPage } from "@/lib/db/long-list/read-list-page";
import type { PageResult } from "@/lib/list/page-result";
import type { ListRoomsForStaffParams } from "./staff-room.schema";
import type { RoomState, RoomSummary } from "./staff-room.types";
import { filterConditions, ownSearchPart, pageQuery, searchParts } from "./staff-room-query";

const OWNERS_SHOWN_MAX = 2;

type Row = Omit<RoomSummary, "state" | "application"> & {
  expiresAt: Date | null;
  deletedAt: Date | null;
  applicationId: string | null;
  applicationName: string | null;
};

/**
 * Finds rooms, whoever they belong to, deleted ones among them. The search looks into links, names, the names that
 * applications give them, the addresses of owners and the names of applications. `now` decides what has expired. At most
 * 10,000 are counted, and 2,000 of a search. `isOwnOnly`: what belongs to others, their names and addresses, is not
 * looked into.
 */
export function listRoomsForStaff(
  params: ListRoomsForStaffParams,
  now: Date,
  { isOwnOnly = false }: { isOwnOnly?: boolean } = {},
): Promise<PageResult<RoomSummary>> {
  return readListPage(params, {
    table: Prisma.sql`rooms r`,
    id: Prisma.sql`r.id`,
    filters: filterConditions(params, now),
    searchParts: isOwnOnly ? (pattern, filters) => [ownSearchPart(pattern, filters)] : searchParts,
    pageQuery: (condition, order, window) => pageQuery(condition, order, { ...window, ownersShown: OWNERS_SHOWN_MAX }),
    toRow: (row: Row) => toRoomSummary(row, now),
  });
}

function toRoomSummary({ applicationId, applicationName, expiresAt, deletedAt, ...row }: Row, now: Date): RoomSummary {
  return {
    ...row,
    state: roomState({ expiresAt, deletedAt }, now),
    application:
      applicationId === null || applicationName === null ? null : { id: applicationId, name: applicationName },
  };
}

/** Deleted comes before expired: it is what somebody decided. */
export function roomState(room: { expiresAt: Date | null; deletedAt: Date | null }, now: Date): RoomState {
  if (room.deletedAt !== null) return "deleted";
  return room.expiresAt !== null && room.expiresAt <= now ? "expired" : "open";
}
