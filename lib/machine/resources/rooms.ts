import "server-only";

import { roomAnswer } from "@/lib/machine/external/room-answer";
import { roomListAnswer } from "@/lib/machine/external/room-list-answer";
import { externalResource, externalRoute } from "@/lib/machine/external-routes";
import { resolveFirstAccesses } from "@/lib/rooms/access/resolve-room-person";
import { createRoom } from "@/lib/rooms/create-room";
import { listRooms } from "@/lib/rooms/listing/list-rooms";
import { listRoomsQuery, roomQuery } from "@/lib/rooms/listing/room-query.schema";
import { createRoomSchema } from "@/lib/rooms/representation/room.schema";

/** `/api/external/rooms`: the rooms of a person. */
export const roomsResource = externalResource({
  GET: externalRoute({
    scope: "rooms:list",
    query: listRoomsQuery,
    run: async ({ query }, call) => roomListAnswer(await listRooms(query, call), { ...call, include: query.include }),
  }),
  POST: externalRoute({
    scope: "rooms:create",
    body: createRoomSchema,
    query: roomQuery,
    isIdempotent: true,
    prepare: ({ body }, call) => resolveFirstAccesses(call, body.accesses ?? []),
    store: async (store, { body, query, prepared: firstAccesses }, call) => {
      const { room, isNew } = await createRoom(store, call, body, { firstAccesses });
      const location = `/api/external/rooms/${room.id}`;
      return roomAnswer(room, { ...call, ...query }, { status: isNew ? 201 : 200, location });
    },
  }),
});
