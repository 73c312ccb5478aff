import "server-only";

import { jsonAnswer } from "@/lib/machine/external/external-answer";
import { roomAnswer } from "@/lib/machine/external/room-answer";
import { externalResource, externalRoute } from "@/lib/machine/external-routes";
import { deleteRoom } from "@/lib/rooms/delete-room";
import { getRoom } from "@/lib/rooms/get-room";
import { roomQuery } from "@/lib/rooms/listing/room-query.schema";
import { updateRoomSchema } from "@/lib/rooms/representation/room.schema";
import { updateRoom } from "@/lib/rooms/update-room";

/** `/api/external/rooms/{id}`: one room. */
export const roomResource = externalResource({
  GET: externalRoute({
    scope: "rooms:retrieve",
    query: roomQuery,
    run: async ({ params, query }, call) =>
      roomAnswer(await getRoom(params.roomId ?? "", call.actor), { ...call, ...query }),
  }),
  PATCH: externalRoute({
    scope: "rooms:update",
    body: updateRoomSchema,
    query: roomQuery,
    write: async (tx, { body, params, query }, call) => {
      const room = await updateRoom(tx, call, { roomId: params.roomId ?? "", changes: body });
      return roomAnswer(room, { ...call, ...query });
    },
  }),
  DELETE: externalRoute({
    scope: "rooms:delete",
    write: async (tx, { params }, call) => {
      await deleteRoom(tx, call, params.roomId ?? "");
      return jsonAnswer(undefined, { status: 204 });
    },
  }),
});
