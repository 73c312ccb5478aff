import "server-only";

import { inTransaction } from "@/lib/db/client";
import { lockRoom } from "@/lib/rooms/lock-room";
import type { RoomContext } from "@/lib/rooms/room-context";
import { resolveRoomPerson, type WantedRole } from "./resolve-room-person";
import type { RoomAccessRow } from "./room-access-row";
import { findRoomAccess, insertRoomAccess, updateRoomAccess } from "./store-room-access";

export type GrantedRole = {
  access: RoomAccessRow;
  /** Whether the person had no role before. */
  isNew: boolean;
  /** Whether the person was unknown before. */
  isPersonNew: boolean;
};

/**
 * Sees to it that somebody is an administrator or a member of a room, on behalf of an owner or administrator: who has
 * another of these two roles changes it, and owners stay owners. The call may be repeated.
 *
 * Throws AppError as `resolveRoomPerson`, `lockRoom` and `insertRoomAccess` do.
 */
export async function grantRoomAccess(
  ctx: RoomContext,
  wanted: WantedRole & { role: "administrator" | "member" },
): Promise<GrantedRole> {
  const { actor } = ctx;
  const { roomId, role } = wanted;
  const { id: personId, isNew: isPersonNew } = await resolveRoomPerson(ctx, wanted);
  return inTransaction(async (tx) => {
    const { id } = await lockRoom(tx, roomId, actor, { operation: "update" });
    const known = await findRoomAccess(tx, id, personId);
    if (known === null) {
      const access = await insertRoomAccess(tx, actor, { roomId: id, personId, role });
      return { access, isNew: true, isPersonNew };
    }
    const stays = known.role === "owner" || known.role === role;
    const access = stays ? known : await updateRoomAccess(tx, actor, { roomId: id, access: known, role });
    return { access, isNew: false, isPersonNew };
  });
}
