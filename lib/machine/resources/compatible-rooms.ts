import "server-only";

import { COMPATIBLE_ROOMS_PATH } from "@/lib/machine/compatibility/compatible-route";
import { roomAnswer } from "@/lib/machine/external/room-answer";
import { roomListAnswer } from "@/lib/machine/external/room-list-answer";
import { compatibleResource, compatibleRoute } from "@/lib/machine/external-routes";
import { createRoom } from "@/lib/rooms/create-room";
import { listRooms } from "@/lib/rooms/listing/list-rooms";
import { listBasicRoomsQuery } from "@/lib/rooms/listing/room-query.schema";
import { createBasicRoomSchema } from "@/lib/rooms/representation/room.schema";

/** The rooms of a person at the path, and in the words, of La Suite Meet. */
export const compatibleRoomsResource = compatibleResource({
  GET: compatibleRoute({
    scope: "rooms:list",
    query: listBasicRoomsQuery,
    run: async ({ query }, call) => roomListAnswer(await listRooms(query, call), call, COMPATIBLE_ROOMS_PATH),
  }),
  POST: compatibleRoute({
    scope: "rooms:create",
    body: createBasicRoomSchema,
    isIdempotent: true,
    store: async (store, { body }, call) => {
      const { room } = await createRoom(store, call, body);
      return roomAnswer(room, call, { status: 201, location: `${COMPATIBLE_ROOMS_PATH}${room.id}/` });
    },
  }),
});
