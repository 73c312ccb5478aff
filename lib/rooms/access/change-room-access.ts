import "server-only";

import type { Transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors/app-error";
import { isAddressAllowed } from "@/lib/rooms/allowed-address";
import type { RoomContext } from "@/lib/rooms/room-context";
import { requireRightOverRoles } from "@/lib/rooms/room-role";
import { lockRoomAccess, type RoomAccessIds, requireOwnerLeft } from "./lock-room-access";
import type { UpdateRoomAccess } from "./room-access.schema";
import type { RoomAccessRow } from "./room-access-row";
import { updateRoomAccess } from "./store-room-access";

/**
 * Gives somebody another role in a room; what owners have, only owners touch. Throws AppError as `lockRoomAccess` and
 * `requireOwnerLeft` do, and `domain_not_allowed` (forbidden) for a person of a domain that the application may not act
 * for.
 */
export async function changeRoomAccess(
  tx: Transaction,
  { actor, domains }: RoomContext,
  { role, ...ids }: UpdateRoomAccess & RoomAccessIds,
): Promise<RoomAccessRow> {
  const { room, access } = await lockRoomAccess(tx, ids, actor);
  requireRightOverRoles(room.role, [access.role, role]);
  if (!isAddressAllowed(access.person.email, domains)) throw new AppError("forbidden", "domain_not_allowed");
  if (access.role === role) return access;
  await requireOwnerLeft(tx, room.id, { before: access.role, after: role });
  return updateRoomAccess(tx, actor, { roomId: room.id, access, role });
}
