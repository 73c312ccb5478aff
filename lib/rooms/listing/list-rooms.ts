import "server-only";

import { database } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { toStatement } from "@/lib/db/statement";
import { AppError } from "@/lib/errors/app-error";
import type { RoomRow } from "@/lib/rooms/representation/room-row";
import type { RoomContext } from "@/lib/rooms/room-context";
import { decodeRoomCursor, encodeRoomCursor } from "./room-cursor";
import { filterParameters, roomFilter } from "./room-filter";
import { cursorPageQuery, numberedPageQuery } from "./room-page-query";
import { type ListRoomsQuery, ROOMS_PER_PAGE } from "./room-query.schema";

/** A page of a list, and the queries of its neighbours: null at the ends. */
export type RoomPage =
  | { kind: "numbered"; count: number; next: URLSearchParams | null; previous: URLSearchParams | null; rows: RoomRow[] }
  | { kind: "cursor"; next: URLSearchParams | null; rows: RoomRow[] };

type Reader = Pick<RoomContext, "actor" | "config">;

/**
 * Lists the rooms in which the person acted for has any role, whoever created them. With `limit` or `cursor`: newest
 * first, from the cursor on; a room that is made meanwhile moves none of the others. Else by name, in numbered pages.
 *
 * Throws AppError `page_invalid` (not found) for a page that does not exist; the first one always does. Throws `invalid`
 * with the field for a cursor or a link that is none of ours.
 */
export async function listRooms(query: ListRoomsQuery, reader: Reader): Promise<RoomPage> {
  return query.limit === undefined && query.cursor === undefined
    ? listByNumber(query, reader)
    : listByCursor(query, reader);
}

async function listByNumber(query: ListRoomsQuery, reader: Reader): Promise<RoomPage> {
  const page = readPageNumber(query.page ?? "1");
  const size = query.page_size ?? ROOMS_PER_PAGE;
  const pageRows = { skip: (page - 1) * size, take: size };
  const found = await ask<RoomRow & { count: number }>(
    numberedPageQuery(reader.actor.personId, roomFilter(query, reader), pageRows),
  );
  const count = found[0]?.count ?? 0;
  const pageCount = Math.max(1, Math.ceil(count / size));
  if (page > pageCount) throw pageInvalid();
  const pageQuery = (number: number) =>
    neighbour(query, { page: number === 1 ? undefined : number, page_size: query.page_size });
  return {
    kind: "numbered",
    count,
    next: page < pageCount ? pageQuery(page + 1) : null,
    previous: page > 1 ? pageQuery(page - 1) : null,
    rows: found.map(({ count: _, ...row }) => row),
  };
}

async function listByCursor(query: ListRoomsQuery, reader: Reader): Promise<RoomPage> {
  const list = JSON.stringify([reader.actor.personId, filterParameters(query)]);
  const after = query.cursor === undefined ? undefined : decodeRoomCursor(query.cursor, list);
  const size = query.limit ?? ROOMS_PER_PAGE;
  const rows = await ask<RoomRow>(
    // One more than asked for tells whether there is a next page.
    cursorPageQuery(reader.actor.personId, roomFilter(query, reader), { after, take: size + 1 }),
  );
  const shown = rows.slice(0, size);
  const last = rows.length > size ? shown.at(-1) : undefined;
  const next = last && neighbour(query, { limit: query.limit, cursor: encodeRoomCursor(last, list) });
  return { kind: "cursor", next: next ?? null, rows: shown };
}

/** Without Prisma: calendars list again and again, and this way PostgreSQL plans the query once for each connection. */
function ask<Row>(query: Prisma.Sql): Promise<Row[]> {
  return database().runStatement<Row>(...toStatement("rooms_page", query));
}

/** The query of another page of the same list. */
function neighbour(query: ListRoomsQuery, place: Record<string, string | number | undefined>): URLSearchParams {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(place)) if (value !== undefined) parameters.set(name, String(value));
  for (const [name, value] of filterParameters(query)) parameters.set(name, value);
  if (query.include !== undefined) parameters.set("include", query.include);
  return parameters;
}

/** Bounded to six digits: a larger number is no page either, and would overflow the database's offset. */
function readPageNumber(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw pageInvalid();
  return Number(text);
}

function pageInvalid(): AppError {
  return new AppError("not_found", "page_invalid");
}
