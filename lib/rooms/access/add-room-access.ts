import "server-only";

import { inTransaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors/app-error";
import { lockRoom } from "@/lib/rooms/lock-room";
import type { RoomContext } from "@/lib/rooms/room-context";
import { requireRightOverRoles } from "@/lib/rooms/room-role";
import { resolveRoomPerson, type WantedRole } from "./resolve-room-person";
import type { RoomAccessRow } from "./room-access-row";
import { findRoomAccess, insertRoomAccess } from "./store-room-access";

/**
 * Gives somebody a role in a room on behalf of an owner or administrator; only an owner makes owners. Who has that very
 * role already keeps it (`isNew` is false), so the call may be repeated.
 *
 * Throws AppError as `resolveRoomPerson`, `lockRoom` and `insertRoomAccess` do, and `access_exists` (conflict) for
 * somebody with another role.
 */
export async function addRoomAccess(
  ctx: RoomContext,
  wanted: WantedRole,
): Promise<{ access: RoomAccessRow; isNew: boolean }> {
  const { actor } = ctx;
  const { roomId, role } = wanted;
  const { id: personId } = await resolveRoomPerson(ctx, wanted);
  return inTransaction(async (tx) => {
    const room = await lockRoom(tx, roomId, actor, { operation: "update" });
    requireRightOverRoles(room.role, [role]);
    const known = await findRoomAccess(tx, room.id, personId);
    if (known === null)
      return { access: await insertRoomAccess(tx, actor, { roomId: room.id, personId, role }), isNew: true };
    if (known.role !== role) throw new AppError("conflict", "access_exists");
    return { access: known, isNew: false };
  });
}
