import "server-only";

import type { ApplicationActor } from "@/lib/audit/actor";
import type { Transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors/app-error";
import { lockRoom } from "@/lib/rooms/lock-room";
import type { RoomRole } from "@/lib/rooms/representation/room-field.schema";
import type { RoomWithRole } from "@/lib/rooms/representation/room-row";
import { isUuid } from "@/lib/uuid";
import { ACCESS_COLUMNS, type RoomAccessRow } from "./room-access-row";

/** A role in a room, as an address names it: what is no id at all is found nowhere. */
export type RoomAccessIds = { roomId: string; accessId: string };

/**
 * Takes hold of a room and finds one of its roles. Throws AppError as `lockRoom` does, and `access_not_found` for a role
 * that this room does not have.
 */
export async function lockRoomAccess(
  tx: Transaction,
  { roomId, accessId }: RoomAccessIds,
  actor: ApplicationActor,
): Promise<{ room: RoomWithRole; access: RoomAccessRow }> {
  const room = await lockRoom(tx, roomId, actor, { operation: "update" });
  const id = accessId.toLowerCase();
  const access = isUuid(id)
    ? await tx.roomAccess.findUnique({ where: { id, roomId: room.id }, select: ACCESS_COLUMNS })
    : null;
  if (access === null) throw new AppError("not_found", "access_not_found");
  return { room, access };
}

/**
 * Throws AppError `last_owner` (conflict) when a room would be left without an owner. The room is locked, so two owners
 * who leave at once do so one after the other, and the second one stays.
 */
export async function requireOwnerLeft(
  tx: Transaction,
  roomId: string,
  change: { before: RoomRole; after: RoomRole | undefined },
): Promise<void> {
  if (change.before !== "owner" || change.after === "owner") return;
  const owners = await tx.roomAccess.count({ where: { roomId, role: "owner" } });
  if (owners <= 1) throw new AppError("conflict", "last_owner");
}
