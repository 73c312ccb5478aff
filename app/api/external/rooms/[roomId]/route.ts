import { jsonAnswer } from "@/lib/machine/external/external-answer";
import { roomAnswer } from "@/lib/machine/external/room-answer";
import { externalRoute, otherMethods } from "@/lib/machine/external-routes";
import { deleteRoom } from "@/lib/rooms/delete-room";
import { getRoom } from "@/lib/rooms/get-room";
import { roomQuery } from "@/lib/rooms/listing/room-query.schema";
import { updateRoomSchema } from "@/lib/rooms/representation/room.schema";
import { updateRoom } from "@/lib/rooms/update-room";

// Decided on every request, never at build time.
export const dynamic = "force-dynamic";

export const GET = externalRoute({
  scope: "rooms:retrieve",
  query: roomQuery,
  run: async ({ params, query }, call) =>
    roomAnswer(await getRoom(params.roomId ?? "", call.actor), { ...call, ...query }),
});

export const HEAD = GET;

export const PATCH = externalRoute({
  scope: "rooms:update",
  body: updateRoomSchema,
  query: roomQuery,
  write: async (tx, { body, params, query }, call) => {
    const room = await updateRoom(tx, call, { roomId: params.roomId ?? "", changes: body });
    return roomAnswer(room, { ...call, ...query });
  },
});

export const DELETE = externalRoute({
  scope: "rooms:delete",
  write: async (tx, { params }, call) => {
    await deleteRoom(tx, call, params.roomId ?? "");
    return jsonAnswer(undefined, { status: 204 });
  },
});

export const { OPTIONS, POST, PUT } = otherMethods(["GET", "HEAD", "PATCH", "DELETE"]);
