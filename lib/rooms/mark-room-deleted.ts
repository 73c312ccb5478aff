import "server-only";

import type { Actor } from "@/lib/audit/actor";
import { created } from "@/lib/audit/changes";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import type { VerbContext } from "@/lib/audit/verb-context";
import type { Transaction } from "@/lib/db/client";

/**
 * Deletes a room, whoever does it: from now on it is there for nobody but staff, who can restore it until its retention
 * ends. Returns false, and changes nothing, for one that is deleted already or never was. Part of the caller's transaction.
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
