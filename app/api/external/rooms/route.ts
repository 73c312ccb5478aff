import { externalRoute, otherMethods } from "@/lib/machine/external-route";
import { createRoom } from "@/lib/rooms/create-room";
import { listRooms } from "@/lib/rooms/list-rooms";
import { createBasicRoomSchema } from "@/lib/rooms/room.schema";
import { listBasicRoomsQuery } from "@/lib/rooms/room-query.schema";

// Decided on every request, never at build time.
export const dynamic = "force-dynamic";

export const GET = externalRoute({
  scope: "rooms:list",
  query: listBasicRoomsQuery,
  run: ({ query }, { actor }) => listRooms(query, actor),
});

export const HEAD = GET;

export const POST = externalRoute({
  scope: "rooms:create",
  body: createBasicRoomSchema,
  status: 201,
  location: (room: { id: string }) => `/api/external/rooms/${room.id}`,
  run: ({ body }, { actor }) => createRoom(body, actor),
});

const others = otherMethods(["GET", "HEAD", "POST"]);
export const OPTIONS = others.options;
export const PUT = others.refused;
export const PATCH = others.refused;
export const DELETE = others.refused;
