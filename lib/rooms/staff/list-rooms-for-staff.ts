import "server-only";

import { database } from "@/lib/db/client";
import { findMatches, isMatch } from "@/lib/db/find-matches";
import { Prisma } from "@/lib/db/generated/client";
import type { PageResult } from "@/lib/list/page-result";
import { MATCHES_COUNTED_MAX, NEWEST_FIRST, pageWindow, ROWS_COUNTED_MAX } from "@/lib/list/page-window";
import type { ListRoomsForStaffParams } from "./staff-room.schema";
import type { RoomState, RoomSummary } from "./staff-room.types";
import { countQuery, filterConditions, isFrequentMatch, matchesQueries, pageQuery } from "./staff-room-query";

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
 * 10,000 are counted, and 2,000 of a search.
 */
export async function listRoomsForStaff(params: ListRoomsForStaffParams, now: Date): Promise<PageResult<RoomSummary>> {
  const { condition, counted, max, order } = await findRooms(params, now);
  const { skip, take, ...result } = pageWindow(counted, params, max);
  const rows = await database().$queryRaw<Row[]>(
    pageQuery(condition, order, { skip, take, ownersShown: OWNERS_SHOWN_MAX }),
  );
  return { rows: rows.map((row) => toRoomSummary(row, now)), isNewestFirst: order === NEWEST_FIRST, ...result };
}

/** Counts what passes, and says how to read a page of it. */
async function findRooms(params: ListRoomsForStaffParams, now: Date) {
  const filters = filterConditions(params, now);
  if (params.q === "") {
    const [total] = await database().$queryRaw<{ count: number }[]>(countQuery(filters, ROWS_COUNTED_MAX + 1));
    return { condition: filters, counted: total?.count ?? 0, max: ROWS_COUNTED_MAX, order: params };
  }
  const matches = await findMatches(matchesQueries(params.q, filters));
  const isFrequent = matches.ids.length > MATCHES_COUNTED_MAX;
  const condition = isFrequent
    ? Prisma.sql`${filters} AND ${isFrequentMatch(params.q, matches)}`
    : isMatch(Prisma.sql`r.id`, matches);
  // What is searched for and what is sorted by is often the same column: then the first match may come last.
  const order = isFrequent && params.sort !== "created" ? NEWEST_FIRST : params;
  return { condition, counted: matches.ids.length, max: MATCHES_COUNTED_MAX, order };
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
