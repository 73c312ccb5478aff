import "server-only";

import type { ApplicationActor } from "@/lib/audit/actor";
import { database } from "@/lib/db/client";
import { config } from "@/lib/env/config";
import { AppError } from "@/lib/errors/app-error";
import { type ListRoomsQuery, ROOMS_PER_PAGE } from "./room-query.schema";
import { ROOM_COLUMNS, type RoomRepresentation, representRoom } from "./room-representation";

export type RoomPage = {
  count: number;
  /** Absolute URLs, null at the ends. */
  next: string | null;
  previous: string | null;
  results: RoomRepresentation[];
};

/**
 * Lists the rooms in which the person acted for has any role, whoever created them, by name, 20 to a page. Throws
 * AppError `page_invalid` for a page that does not exist; the first one always does.
 */
export async function listRooms(query: ListRoomsQuery, actor: ApplicationActor): Promise<RoomPage> {
  const page = readPageNumber(query.page ?? "1");
  const where = { deletedAt: null, accesses: { some: { personId: actor.personId } } };
  const [count, rows] = await Promise.all([
    database().room.count({ where }),
    database().room.findMany({
      where,
      select: ROOM_COLUMNS,
      orderBy: [{ name: "asc" }, { id: "asc" }],
      skip: (page - 1) * ROOMS_PER_PAGE,
      take: ROOMS_PER_PAGE,
    }),
  ]);
  const pageCount = Math.max(1, Math.ceil(count / ROOMS_PER_PAGE));
  if (page > pageCount) throw pageInvalid();
  return {
    count,
    next: page < pageCount ? pageUrl(page + 1) : null,
    previous: page > 1 ? pageUrl(page - 1) : null,
    results: rows.map(representRoom),
  };
}

/** Bounded to six digits: a larger number is no page either, and would overflow the database's offset. */
function readPageNumber(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw pageInvalid();
  return Number(text);
}

/** Built from the configuration: a `Host` header must not decide where a client goes next. */
function pageUrl(page: number): string {
  const collection = `${config().publicUrl}/api/external/rooms`;
  return page === 1 ? collection : `${collection}?page=${page}`;
}

function pageInvalid(): AppError {
  return new AppError("not_found", "page_invalid");
}
