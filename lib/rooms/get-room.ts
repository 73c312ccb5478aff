import "server-only";

import type { ApplicationActor } from "@/lib/audit/actor";
import { database } from "@/lib/db/client";
import { isUuid } from "@/lib/uuid";
import { roomNotFound } from "./lock-room";
import { ROOM_COLUMNS, type RoomRow } from "./representation/room-row";

/**
 * Reads one room by its UUID, for somebody who has any role in it. An expired room is one like any other. Throws
 * AppError `room_not_found`, one and the same for a room that never was, was deleted, or belongs to others.
 */
export async function getRoom(roomId: string, actor: ApplicationActor): Promise<RoomRow> {
  const id = roomId.toLowerCase();
  const room = isUuid(id)
    ? await database().room.findUnique({
        where: { id, deletedAt: null, accesses: { some: { personId: actor.personId } } },
        select: ROOM_COLUMNS,
      })
    : null;
  if (room === null) throw roomNotFound();
  return room;
}
