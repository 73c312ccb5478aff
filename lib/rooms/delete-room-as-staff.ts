import "server-only";

import type { StaffActor } from "@/lib/audit/actor";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { inTransaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors/app-error";
import type { RoomId } from "./staff-room.schema";

/**
 * Deletes a room: from now on it is there for nobody but staff, who can restore it until its retention ends. Deleting one
 * that is deleted already changes nothing and leaves no audit event. Throws AppError `not_found`.
 */
export async function deleteRoomAsStaff({ roomId }: RoomId, actor: StaffActor, now: Date = new Date()): Promise<void> {
  await inTransaction(async (tx) => {
    // The condition decides between two at once: one of them finds the room deleted already.
    const { count } = await tx.room.updateMany({
      where: { id: roomId, deletedAt: null },
      data: { deletedAt: now, version: { increment: 1 } },
    });
    if (count === 0) {
      if ((await tx.room.count({ where: { id: roomId } })) > 0) return;
      throw new AppError("not_found", "not_found");
    }
    await recordAuditEvent(tx, actor, {
      action: "room.deleted",
      targetKind: "room",
      targetId: roomId,
      changes: { deletedAt: { before: null, after: now.toISOString() } },
    });
  });
}
