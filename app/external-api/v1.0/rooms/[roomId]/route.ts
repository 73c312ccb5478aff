import { jsonAnswer } from "@/lib/machine/external/external-answer";
import { roomAnswer } from "@/lib/machine/external/room-answer";
import { compatibleRoute, otherCompatibleMethods } from "@/lib/machine/external-routes";
import { deleteRoom } from "@/lib/rooms/delete-room";
import { getRoom } from "@/lib/rooms/get-room";
import { updateBasicRoomSchema } from "@/lib/rooms/representation/room.schema";
import { updateRoom } from "@/lib/rooms/update-room";

// Decided on every request, never at build time.
export const dynamic = "force-dynamic";

export const GET = compatibleRoute({
  scope: "rooms:retrieve",
  run: async ({ params }, call) => roomAnswer(await getRoom(params.roomId ?? "", call.actor), call),
});

export const HEAD = GET;

export const PATCH = compatibleRoute({
  scope: "rooms:update",
  body: updateBasicRoomSchema,
  write: async (tx, { body, params }, call) => {
    const update = { roomId: params.roomId ?? "", changes: body, replacesConfiguration: true };
    return roomAnswer(await updateRoom(tx, call, update), call);
  },
});

export const DELETE = compatibleRoute({
  scope: "rooms:delete",
  write: async (tx, { params }, call) => {
    await deleteRoom(tx, call, params.roomId ?? "");
    return jsonAnswer(undefined, { status: 204 });
  },
});

export const { OPTIONS, POST, PUT } = otherCompatibleMethods(["GET", "HEAD", "PATCH", "DELETE"]);
