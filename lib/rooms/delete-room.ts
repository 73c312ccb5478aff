import "server-only";

import type { ApplicationActor } from "@/lib/audit/actor";
import type { VerbContext } from "@/lib/audit/verb-context";
import type { Transaction } from "@/lib/db/client";
import { lockRoom } from "./lock-room";
import { markRoomDeleted } from "./mark-room-deleted";
import type { RoomPrecondition } from "./room-context";

/**
 * Deletes a room on behalf of an owner: from now on it is there for nobody, and its link leads to a page that says so.
 * The row stays for ROOM_RETENTION_DAYS (`purgeDeletedRooms`). Throws AppError as `lockRoom` does.
 */
export async function deleteRoom(
  tx: Transaction,
  ctx: VerbContext<ApplicationActor> & RoomPrecondition,
  roomId: string,
): Promise<void> {
  const { id } = await lockRoom(tx, roomId, ctx.actor, { operation: "delete", ifMatch: ctx.ifMatch });
  await markRoomDeleted(tx, ctx, id);
}
