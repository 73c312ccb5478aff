import "server-only";

import type { ApplicationActor } from "@/lib/audit/actor";
import { removed } from "@/lib/audit/changes";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import type { VerbContext } from "@/lib/audit/verb-context";
import type { Transaction } from "@/lib/db/client";
import { touchRoom } from "@/lib/rooms/lock-room";
import { requireRightOverRoles } from "@/lib/rooms/room-role";
import { lockRoomAccess, type RoomAccessIds, requireOwnerLeft } from "./lock-room-access";

/**
 * Takes somebody's role in a room away; what owners have, only owners touch. People of any domain can be removed: that
 * gives nobody anything. Throws AppError as `lockRoomAccess` and `requireOwnerLeft` do.
 */
export async function removeRoomAccess(
  tx: Transaction,
  { actor }: VerbContext<ApplicationActor>,
  ids: RoomAccessIds,
): Promise<void> {
  const { room, access } = await lockRoomAccess(tx, ids, actor);
  const { id, personId, role } = access;
  requireRightOverRoles(room.role, [role]);
  await requireOwnerLeft(tx, room.id, { before: role, after: undefined });
  await tx.roomAccess.delete({ where: { id }, select: { id: true } });
  await touchRoom(tx, room.id);
  await recordAuditEvent(tx, actor, {
    action: "room.access_removed",
    targetId: room.id,
    changes: removed({ personId, role }),
  });
}
