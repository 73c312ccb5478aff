import "server-only";

import type { ApplicationActor } from "@/lib/audit/actor";
import { inTransaction, type TransactionRunner } from "@/lib/db/client";
import type { EntityTagCondition } from "@/lib/http/entity-tag";
import { lockRoom } from "./lock-room";
import { markRoomDeleted } from "./mark-room-deleted";

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
    await markRoomDeleted(tx, id, actor, now);
  });
}
