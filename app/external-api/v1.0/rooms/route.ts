import {
  COMPATIBLE_ROOMS_PATH,
  compatibleRoute,
  otherCompatibleMethods,
} from "@/lib/machine/compatibility/compatible-route";
import { roomAnswer } from "@/lib/machine/external/room-answer";
import { roomListAnswer } from "@/lib/machine/external/room-list-answer";
import { createRoom } from "@/lib/rooms/create-room";
import { listRooms } from "@/lib/rooms/listing/list-rooms";
import { listBasicRoomsQuery } from "@/lib/rooms/listing/room-query.schema";
import { createBasicRoomSchema } from "@/lib/rooms/representation/room.schema";

// Decided on every request, never at build time.
export const dynamic = "force-dynamic";

export const GET = compatibleRoute({
  scope: "rooms:list",
  query: listBasicRoomsQuery,
  run: async ({ query }, call) => roomListAnswer(await listRooms(query, call.actor), call, COMPATIBLE_ROOMS_PATH),
});

export const HEAD = GET;

export const POST = compatibleRoute({
  scope: "rooms:create",
  body: createBasicRoomSchema,
  isIdempotent: true,
  run: ({ body }, call) =>
    call.transaction(async (tx) => {
      const { room } = await createRoom(body, call.actor, { ...call, transaction: (work) => work(tx) });
      return roomAnswer(room, call, { status: 201, location: `${COMPATIBLE_ROOMS_PATH}${room.id}/`, reader: tx });
    }),
});

const others = otherCompatibleMethods(["GET", "HEAD", "POST"]);
export const OPTIONS = others.options;
export const PUT = others.refused;
export const PATCH = others.refused;
export const DELETE = others.refused;
