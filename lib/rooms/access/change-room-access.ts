import "server-only";

import { changed } from "@/lib/audit/changes";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import type { Transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors/app-error";
import { isAddressAllowed } from "@/lib/rooms/allowed-address";
import { touchRoom } from "@/lib/rooms/lock-room";
import type { RoomContext } from "@/lib/rooms/room-context";
import { requireRightOverRoles } from "@/lib/rooms/room-role";
import { lockRoomAccess, type RoomAccessIds, requireOwnerLeft } from "./lock-room-access";
import type { UpdateRoomAccess } from "./room-access.schema";
import { ACCESS_COLUMNS, type RoomAccessRow } from "./room-access-row";

/**
 * Gives somebody another role in a room; what owners have, only owners touch. Throws AppError as `lockRoomAccess` and
 * `requireOwnerLeft` do, and `domain_not_allowed` (forbidden) for a person of a domain that the application may not act for.
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
  const after = await tx.roomAccess.update({ where: { id: access.id }, data: { role }, select: ACCESS_COLUMNS });
  await touchRoom(tx, room.id);
  await recordAuditEvent(tx, actor, {
    action: "room.access_changed",
    targetId: room.id,
    // The person stays: this says whose role it is.
    changes: {
      personId: { before: access.personId, after: access.personId },
      ...changed({ role: access.role }, { role }),
    },
  });
  return after;
}
