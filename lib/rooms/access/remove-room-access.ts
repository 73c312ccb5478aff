import "server-only";

import type { ApplicationActor } from "@/lib/audit/actor";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { inTransaction } from "@/lib/db/client";
import { touchRoom } from "@/lib/rooms/lock-room";
import { requireRightOverRoles } from "@/lib/rooms/room-role";
import { lockRoomAccess, requireOwnerLeft } from "./lock-room-access";

/**
 * Takes somebody's role in a room away; what owners have, only owners touch. People of any domain can be removed: that
 * gives nobody anything. Throws AppError as `lockRoomAccess` and `requireOwnerLeft` do.
 */
export async function removeRoomAccess(
  ids: { roomId: string; accessId: string },
  actor: ApplicationActor,
): Promise<void> {
  await inTransaction(async (tx) => {
    const { room, access } = await lockRoomAccess(tx, ids, actor);
    requireRightOverRoles(room.role, [access.role]);
    await requireOwnerLeft(tx, room.id, { before: access.role, after: undefined });
    await tx.roomAccess.delete({ where: { id: access.id }, select: { id: true } });
    await touchRoom(tx, room.id);
    await recordAuditEvent(tx, actor, {
      action: "room.access_removed",
      targetKind: "room",
      targetId: room.id,
      changes: {
        personId: { before: access.personId, after: null },
        role: { before: access.role, after: null },
      },
    });
  });
}
