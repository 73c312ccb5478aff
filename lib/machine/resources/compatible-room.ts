import "server-only";

import { jsonAnswer } from "@/lib/machine/external/external-answer";
import { roomAnswer } from "@/lib/machine/external/room-answer";
import { compatibleResource, compatibleRoute } from "@/lib/machine/external-routes";
import { deleteRoom } from "@/lib/rooms/delete-room";
import { getRoom } from "@/lib/rooms/get-room";
import { updateBasicRoomSchema } from "@/lib/rooms/representation/room.schema";
import { updateRoom } from "@/lib/rooms/update-room";

/** One room at the path, and in the words, of La Suite Meet. */
export const compatibleRoomResource = compatibleResource({
  GET: compatibleRoute({
    scope: "rooms:retrieve",
    run: async ({ params }, call) => roomAnswer(await getRoom(params.roomId ?? "", call.actor), call),
  }),
  PATCH: compatibleRoute({
    scope: "rooms:update",
    body: updateBasicRoomSchema,
    write: async (tx, { body, params }, call) => {
      const update = { roomId: params.roomId ?? "", changes: body, replacesConfiguration: true };
      return roomAnswer(await updateRoom(tx, call, update), call);
    },
  }),
  DELETE: compatibleRoute({
    scope: "rooms:delete",
    write: async (tx, { params }, call) => {
      await deleteRoom(tx, call, params.roomId ?? "");
      return jsonAnswer(undefined, { status: 204 });
    },
  }),
});
