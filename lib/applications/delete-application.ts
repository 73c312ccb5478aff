import "server-only";

import { created, removed } from "@/lib/audit/changes";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import type { VerbContext } from "@/lib/audit/verb-context";
import { inTransaction } from "@/lib/db/client";
import { markRoomsDeletedOf } from "@/lib/rooms/mark-room-deleted";
import type { DeleteApplication } from "./delete-application.schema";
import { lockApplicationToDelete, requireTypedName } from "./lock-application";

/**
 * Deletes an application for good; every token it has stops with its next request. It is gone for everybody at once,
 * and what it leaves is removed afterwards (`purgeDeletedApplications`): the busiest of all has too much for one
 * transaction. Its rooms belong to people: they stay with them, or are put away with it if somebody chose that (their
 * rows stay, marked as deleted). The audit log keeps its name, its client id and how many rooms that were.
 *
 * Throws AppError `invalid` when another name was typed, `not_found`.
 */
export async function deleteApplication(
  ctx: VerbContext,
  { applicationId, rooms, confirmation }: DeleteApplication,
): Promise<{ roomsKept: number; roomsDeleted: number }> {
  return inTransaction(async (tx) => {
    await lockApplicationToDelete(tx, applicationId);
    const { name, clientId } = await tx.application.findUniqueOrThrow({
      where: { id: applicationId },
      select: { name: true, clientId: true },
    });
    requireTypedName(name, confirmation);
    const roomsDeleted = rooms === "keep" ? 0 : await markRoomsDeletedOf(tx, ctx, applicationId);
    const roomsKept = await tx.room.count({ where: { createdByApplicationId: applicationId, deletedAt: null } });
    await recordAuditEvent(tx, ctx.actor, {
      action: "application.deleted",
      targetId: applicationId,
      changes: { ...removed({ name, clientId }), ...created({ roomsKept, roomsDeleted }) },
    });
    await tx.application.update({
      where: { id: applicationId },
      data: { deletedAt: ctx.now(), isActive: false },
      select: { id: true },
    });
    return { roomsKept, roomsDeleted };
  });
}
