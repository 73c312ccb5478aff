import "server-only";

import type { ApplicationActor } from "@/lib/audit/actor";
import type { Transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors/app-error";
import type { EntityTagCondition } from "@/lib/http/entity-tag";
import { isUuid } from "@/lib/uuid";
import { ROOM_COLUMNS, type RoomWithRole } from "./representation/room-row";
import { requireExpectedVersion } from "./representation/room-version";
import { type RoomOperation, requireRoomRole } from "./room-role";

/**
 * Locks the row of a room (`SELECT … FOR NO KEY UPDATE`) and says what the person acted for is in it: whatever else
 * would change the room, its roles or its guests waits. Throws AppError `room_not_found` for a room that never was, was
 * deleted, or belongs to others, `room_role_insufficient` for too small a role, and what `requireExpectedVersion`
 * throws when the caller believed in another version.
 */
export async function lockRoom(
  tx: Transaction,
  roomId: string,
  actor: ApplicationActor,
  { operation, ifMatch }: { operation: RoomOperation; ifMatch?: EntityTagCondition | undefined },
): Promise<RoomWithRole> {
  const id = roomId.toLowerCase();
  if (!isUuid(id)) throw roomNotFound();
  await tx.$queryRaw`SELECT 1 FROM "rooms" WHERE "id" = ${id}::uuid AND "deleted_at" IS NULL FOR NO KEY UPDATE`;
  // Read after the wait, so that it is what the others left.
  const room = await tx.room.findUnique({
    where: { id, deletedAt: null },
    select: { ...ROOM_COLUMNS, accesses: { where: { personId: actor.personId }, select: { role: true } } },
  });
  const role = room?.accesses[0]?.role;
  if (room === null || role === undefined) throw roomNotFound();
  requireRoomRole(role, operation);
  requireExpectedVersion(room.version, ifMatch);
  const { accesses: _, ...columns } = room;
  return { ...columns, role };
}

/** Raises a room's version, because what hangs on it has changed. The caller has locked the room. */
export async function touchRoom(tx: Transaction, roomId: string): Promise<void> {
  await tx.room.update({ where: { id: roomId }, data: { version: { increment: 1 } }, select: { id: true } });
}

/** One and the same for a room that never was, was deleted, or belongs to others: an id must not be worth probing. */
export function roomNotFound(): AppError {
  return new AppError("not_found", "room_not_found");
}
