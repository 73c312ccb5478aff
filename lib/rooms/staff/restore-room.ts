import "server-only";

import { removed } from "@/lib/audit/changes";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import type { VerbContext } from "@/lib/audit/verb-context";
import { inTransaction, type Transaction } from "@/lib/db/client";
import { isUniqueViolation } from "@/lib/db/constraint-violation";
import type { Config } from "@/lib/env/config";
import { AppError } from "@/lib/errors/app-error";
import { DAY_MS } from "@/lib/time";
import type { RoomId } from "./staff-room.schema";

/** When a room that was deleted at `deletedAt` may be removed for good. */
export function endOfRetention(deletedAt: Date, { roomRetentionDays }: Pick<Config, "roomRetentionDays">): Date {
  return new Date(deletedAt.getTime() + roomRetentionDays * DAY_MS);
}

/**
 * Gives a deleted room back, as it was: its link, its people, its guests. Restoring one that is not deleted changes
 * nothing and leaves no audit event.
 *
 * Throws AppError `not_found`; `precondition` / `room_retention_over` for one that is about to be removed for good;
 * `conflict` / `room_external_id_taken` when the application has given the name to another room of the person since.
 */
export async function restoreRoom({ actor, now, config }: VerbContext, { roomId }: RoomId): Promise<void> {
  await inTransaction(async (tx) => {
    const room = await lockRoomRow(tx, roomId);
    const { deletedAt } = room;
    if (deletedAt === null) return;
    if (endOfRetention(deletedAt, config) <= now()) throw new AppError("precondition", "room_retention_over");
    await requireFreeName(tx, room);
    await giveBack(tx, roomId);
    await recordAuditEvent(tx, actor, {
      action: "room.restored",
      targetId: roomId,
      changes: removed({ deletedAt }),
    });
  });
}

/** Takes hold of the row, so that neither a purge nor another restoration works on it at the same time. */
async function lockRoomRow(tx: Transaction, id: string) {
  await tx.$queryRaw`SELECT 1 FROM "rooms" WHERE "id" = ${id}::uuid FOR NO KEY UPDATE`;
  const room = await tx.room.findUnique({
    where: { id },
    select: { deletedAt: true, externalId: true, externalOwnerId: true, createdByApplicationId: true },
  });
  if (room === null) throw new AppError("not_found", "not_found");
  return room;
}

async function giveBack(tx: Transaction, id: string): Promise<void> {
  try {
    await tx.room.update({ where: { id }, data: { deletedAt: null, version: { increment: 1 } }, select: { id: true } });
  } catch (error) {
    // Nothing else that this changes is unique: the name was given away between the look and the write.
    if (isUniqueViolation(error)) throw new AppError("conflict", "room_external_id_taken", { cause: error });
    throw error;
  }
}

/** The unique index has the last word; this is the sentence that a person can do something with. */
async function requireFreeName(tx: Transaction, room: Awaited<ReturnType<typeof lockRoomRow>>) {
  const { externalId, externalOwnerId, createdByApplicationId } = room;
  if (externalId === null || externalOwnerId === null || createdByApplicationId === null) return;
  const where = { externalId, externalOwnerId, createdByApplicationId, deletedAt: null };
  if ((await tx.room.count({ where })) > 0) throw new AppError("conflict", "room_external_id_taken");
}
