import "server-only";

import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import type { VerbContext } from "@/lib/audit/verb-context";
import { inTransaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors/app-error";
import type { RoomId } from "./staff-room.schema";

/**
 * Returns the PIN with which people join by telephone, and notes who asked for it: whoever has it can get into the
 * meeting. Throws AppError `not_found`, also for a room without one.
 */
export function revealRoomPin({ actor }: VerbContext, { roomId }: RoomId): Promise<{ pin: string }> {
  return inTransaction(async (tx) => {
    const room = await tx.room.findUnique({ where: { id: roomId }, select: { pinCode: true } });
    if (room === null || room.pinCode === null) throw new AppError("not_found", "not_found");
    await recordAuditEvent(tx, actor, { action: "room.pin_revealed", targetId: roomId });
    return { pin: room.pinCode };
  });
}
