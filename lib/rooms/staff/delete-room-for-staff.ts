import "server-only";

import type { VerbContext } from "@/lib/audit/verb-context";
import { inTransaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors/app-error";
import { markRoomDeleted } from "@/lib/rooms/mark-room-deleted";
import type { RoomId } from "./staff-room.schema";

/**
 * Deletes a room, whoever owns it. Deleting one that is deleted already changes nothing and leaves no audit event.
 * Throws AppError `not_found`.
 */
export async function deleteRoomForStaff(ctx: VerbContext, { roomId }: RoomId): Promise<void> {
  await inTransaction(async (tx) => {
    if (await markRoomDeleted(tx, ctx, roomId)) return;
    if ((await tx.room.count({ where: { id: roomId } })) === 0) throw new AppError("not_found", "not_found");
  });
}
