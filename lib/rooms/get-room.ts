import "server-only";

import type { ApplicationActor } from "@/lib/audit/actor";
import { database } from "@/lib/db/client";
import { AppError } from "@/lib/errors/app-error";
import { isUuid } from "@/lib/oauth/access-token";
import { ROOM_COLUMNS, type RoomRepresentation, representRoom } from "./room-representation";

/**
 * Reads one room by its UUID, for somebody who has any role in it. Throws AppError `room_not_found`, one and the same
 * for a room that never was, was deleted, or belongs to others: an id must not be worth probing.
 */
export async function getRoom(roomId: string, actor: ApplicationActor): Promise<RoomRepresentation> {
  const id = roomId.toLowerCase();
  const room = isUuid(id)
    ? await database().room.findUnique({
        where: { id, deletedAt: null, accesses: { some: { personId: actor.personId } } },
        select: ROOM_COLUMNS,
      })
    : null;
  if (room === null) throw new AppError("not_found", "room_not_found");
  return representRoom(room);
}
