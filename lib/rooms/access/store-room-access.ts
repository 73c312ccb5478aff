import "server-only";

import type { ApplicationActor } from "@/lib/audit/actor";
import { changed, created } from "@/lib/audit/changes";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import type { Transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors/app-error";
import { touchRoom } from "@/lib/rooms/lock-room";
import type { RoomRole } from "@/lib/rooms/representation/room-field.schema";
import { ACCESS_COLUMNS, type RoomAccessRow } from "./room-access-row";

/** More people than that belong into the lobby, or into the attendees. */
const ROOM_ACCESSES_MAX = 500;

/** What somebody is in a room; null without a role. */
export async function findRoomAccess(tx: Transaction, roomId: string, personId: string): Promise<RoomAccessRow | null> {
  return tx.roomAccess.findUnique({ where: { roomId_personId: { roomId, personId } }, select: ACCESS_COLUMNS });
}

/**
 * Stores the role of somebody who has none, in a room that the caller has locked. Throws AppError `accesses_too_many`
 * (conflict) for a room that is full.
 */
export async function insertRoomAccess(
  tx: Transaction,
  actor: ApplicationActor,
  { roomId, personId, role }: { roomId: string; personId: string; role: RoomRole },
): Promise<RoomAccessRow> {
  const count = await tx.roomAccess.count({ where: { roomId } });
  if (count >= ROOM_ACCESSES_MAX) throw new AppError("conflict", "accesses_too_many");
  const access = await tx.roomAccess.create({ data: { roomId, personId, role }, select: ACCESS_COLUMNS });
  await touchRoom(tx, roomId);
  await recordAuditEvent(tx, actor, {
    action: "room.access_added",
    targetId: roomId,
    changes: created({ personId, role }),
  });
  return access;
}

/** Stores another role of somebody who has one, in a room that the caller has locked. */
export async function updateRoomAccess(
  tx: Transaction,
  actor: ApplicationActor,
  { roomId, access, role }: { roomId: string; access: RoomAccessRow; role: RoomRole },
): Promise<RoomAccessRow> {
  const after = await tx.roomAccess.update({ where: { id: access.id }, data: { role }, select: ACCESS_COLUMNS });
  await touchRoom(tx, roomId);
  await recordAuditEvent(tx, actor, {
    action: "room.access_changed",
    targetId: roomId,
    // The person stays: this says whose role it is.
    changes: {
      personId: { before: access.personId, after: access.personId },
      ...changed({ role: access.role }, { role }),
    },
  });
  return after;
}
