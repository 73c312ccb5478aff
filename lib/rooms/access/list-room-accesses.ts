import "server-only";

import type { ApplicationActor } from "@/lib/audit/actor";
import { database } from "@/lib/db/client";
import { getRoom } from "@/lib/rooms/get-room";
import { roomNotFound } from "@/lib/rooms/lock-room";
import { requireRoomRole } from "@/lib/rooms/room-role";
import { ACCESS_COLUMNS, type RoomAccessRow } from "./room-access-row";

/**
 * Lists who has a role in a room, in the order in which they got it, for its owners and administrators. Throws AppError
 * `room_not_found`, or `room_role_insufficient` for members.
 */
export async function listRoomAccesses(roomId: string, actor: ApplicationActor): Promise<RoomAccessRow[]> {
  const room = await getRoom(roomId, actor);
  const accesses = await database().roomAccess.findMany({
    where: { roomId: room.id },
    select: ACCESS_COLUMNS,
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  const own = accesses.find(({ personId }) => personId === actor.personId);
  if (own === undefined) throw roomNotFound();
  requireRoomRole(own.role, "update");
  return accesses;
}
