import "server-only";

import type { ApplicationActor } from "@/lib/audit/actor";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { inTransaction, type TransactionRunner } from "@/lib/db/client";
import type { EntityTagCondition } from "@/lib/http/entity-tag";
import { lockRoom } from "./lock-room";

/**
 * Deletes a room on behalf of an owner: from now on it is there for nobody, and its link leads to a page that says so.
 * The row stays for ROOM_RETENTION_DAYS (`purgeDeletedRooms`). Throws AppError as `lockRoom` does.
 */
export async function deleteRoom(
  roomId: string,
  actor: ApplicationActor,
  options: { ifMatch?: EntityTagCondition | undefined; transaction?: TransactionRunner; now?: Date } = {},
): Promise<void> {
  const { ifMatch, transaction = inTransaction, now = new Date() } = options;
  await transaction(async (tx) => {
    const { id } = await lockRoom(tx, roomId, actor, { operation: "delete", ifMatch });
    await tx.room.update({
      where: { id },
      data: { deletedAt: now, version: { increment: 1 } },
      select: { id: true },
    });
    await recordAuditEvent(tx, actor, {
      action: "room.deleted",
      targetKind: "room",
      targetId: id,
      changes: { deletedAt: { before: null, after: now.toISOString() } },
    });
  });
}
