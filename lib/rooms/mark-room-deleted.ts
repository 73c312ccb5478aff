import "server-only";

import type { Actor } from "@/lib/audit/actor";
import { created } from "@/lib/audit/changes";
import { recordAuditEvent, recordAuditEvents } from "@/lib/audit/record-audit-event";
import type { VerbContext } from "@/lib/audit/verb-context";
import type { Transaction } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";

/**
 * Deletes a room, whoever does it: from now on it is there for nobody but staff, who can restore it until its retention
 * ends. Returns false, and changes nothing, for one that is deleted already or never was. Part of the caller's
 * transaction.
 */
export async function markRoomDeleted(
  tx: Transaction,
  { actor, now }: VerbContext<Actor>,
  roomId: string,
): Promise<boolean> {
  const deletedAt = now();
  // The condition decides between two at once: one of them finds the room deleted already.
  const { count } = await tx.room.updateMany({
    where: { id: roomId, deletedAt: null },
    data: { deletedAt, version: { increment: 1 } },
  });
  if (count === 0) return false;
  await recordAuditEvent(tx, actor, {
    action: "room.deleted",
    targetId: roomId,
    changes: created({ deletedAt }),
  });
  return true;
}

/**
 * Deletes every room that an application has created, as `markRoomDeleted` deletes one: each with its own audit event,
 * and each can be restored. Returns how many they were. Part of the caller's transaction.
 */
export async function markRoomsDeletedOf(
  tx: Transaction,
  { actor, now }: VerbContext<Actor>,
  applicationId: string,
): Promise<number> {
  const deletedAt = now();
  return recordAuditEvents(
    tx,
    actor,
    { action: "room.deleted", at: deletedAt, changes: created({ deletedAt }) },
    Prisma.sql`
      UPDATE "rooms" SET "deleted_at" = ${deletedAt}, "updated_at" = ${deletedAt}, "version" = "version" + 1
      WHERE "created_by_application_id" = ${applicationId}::uuid AND "deleted_at" IS NULL RETURNING "id"`,
  );
}
