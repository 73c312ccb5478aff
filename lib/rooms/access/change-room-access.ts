import "server-only";

import type { ApplicationActor } from "@/lib/audit/actor";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { inTransaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors/app-error";
import type { DomainLimit } from "@/lib/oauth/domain-limit";
import { isAddressAllowed } from "@/lib/rooms/allowed-address";
import { touchRoom } from "@/lib/rooms/lock-room";
import { requireRightOverRoles } from "@/lib/rooms/room-role";
import { lockRoomAccess, requireOwnerLeft } from "./lock-room-access";
import type { UpdateRoomAccess } from "./room-access.schema";
import { ACCESS_COLUMNS, type RoomAccessRow } from "./room-access-row";

/**
 * Gives somebody another role in a room; what owners have, only owners touch. Throws AppError as `lockRoomAccess` and
 * `requireOwnerLeft` do, and `domain_not_allowed` (forbidden) for a person of a domain that the application may not act for.
 */
export async function changeRoomAccess(
  ids: { roomId: string; accessId: string },
  { role }: UpdateRoomAccess,
  actor: ApplicationActor,
  domains: DomainLimit,
): Promise<RoomAccessRow> {
  return inTransaction(async (tx) => {
    const { room, access } = await lockRoomAccess(tx, ids, actor);
    requireRightOverRoles(room.role, [access.role, role]);
    if (!isAddressAllowed(access.person.email, domains)) throw new AppError("forbidden", "domain_not_allowed");
    if (access.role === role) return access;
    await requireOwnerLeft(tx, room.id, { before: access.role, after: role });
    const changed = await tx.roomAccess.update({ where: { id: access.id }, data: { role }, select: ACCESS_COLUMNS });
    await touchRoom(tx, room.id);
    await recordAuditEvent(tx, actor, {
      action: "room.access_changed",
      targetKind: "room",
      targetId: room.id,
      changes: {
        personId: { before: access.personId, after: access.personId },
        role: { before: access.role, after: role },
      },
    });
    return changed;
  });
}
