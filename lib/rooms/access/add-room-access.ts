import "server-only";

import { created } from "@/lib/audit/changes";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { inTransaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors/app-error";
import { lockRoom, touchRoom } from "@/lib/rooms/lock-room";
import type { RoomContext } from "@/lib/rooms/room-context";
import { requireRightOverRoles } from "@/lib/rooms/room-role";
import { listRoomAccesses } from "./list-room-accesses";
import { resolveRoomPerson } from "./resolve-room-person";
import type { CreateRoomAccess } from "./room-access.schema";
import { ACCESS_COLUMNS, type RoomAccessRow } from "./room-access-row";

/** More people than that belong into the lobby, or into the attendees. */
export const ROOM_ACCESSES_MAX = 500;

/**
 * Gives somebody a role in a room on behalf of an owner or administrator; only an owner makes owners. Who has that very
 * role already keeps it (`isNew` is false), so the call may be repeated.
 *
 * Throws AppError as `lockRoom` and `resolveRoomPerson` do, `access_exists` (conflict) for somebody with another role, and
 * `accesses_too_many` (conflict) for a room that is full.
 */
export async function addRoomAccess(
  ctx: RoomContext,
  { roomId, email, role }: CreateRoomAccess & { roomId: string },
): Promise<{ access: RoomAccessRow; isNew: boolean }> {
  const { actor } = ctx;
  // Whoever may not do this must not make people come into being by trying.
  const present = await listRoomAccesses(roomId, actor);
  const own = present.find(({ personId }) => personId === actor.personId);
  requireRightOverRoles(own?.role ?? "member", [role]);
  const personId = await resolveRoomPerson(ctx, email);
  return inTransaction(async (tx) => {
    const room = await lockRoom(tx, roomId, actor, { operation: "update" });
    requireRightOverRoles(room.role, [role]);
    const accesses = await tx.roomAccess.findMany({ where: { roomId: room.id }, select: ACCESS_COLUMNS });
    const known = accesses.find((access) => access.personId === personId);
    if (known !== undefined && known.role === role) return { access: known, isNew: false };
    if (known !== undefined) throw new AppError("conflict", "access_exists");
    if (accesses.length >= ROOM_ACCESSES_MAX) throw new AppError("conflict", "accesses_too_many");
    const access = await tx.roomAccess.create({ data: { roomId: room.id, personId, role }, select: ACCESS_COLUMNS });
    await touchRoom(tx, room.id);
    await recordAuditEvent(tx, actor, {
      action: "room.access_added",
      targetId: room.id,
      changes: created({ personId, role }),
    });
    return { access, isNew: true };
  });
}
