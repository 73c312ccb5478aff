import { jsonAnswer } from "@/lib/machine/external/external-answer";
import { externalRoute, otherMethods } from "@/lib/machine/external-routes";
import { changeRoomAccess } from "@/lib/rooms/access/change-room-access";
import { removeRoomAccess } from "@/lib/rooms/access/remove-room-access";
import { updateRoomAccessSchema } from "@/lib/rooms/access/room-access.schema";
import { representAccess } from "@/lib/rooms/access/room-access-row";

// Decided on every request, never at build time.
export const dynamic = "force-dynamic";

const idsOf = ({ roomId = "", accessId = "" }: Record<string, string>) => ({ roomId, accessId });

export const PATCH = externalRoute({
  scope: "rooms:update",
  body: updateRoomAccessSchema,
  write: async (tx, { body, params }, call) =>
    representAccess(await changeRoomAccess(tx, call, { ...body, ...idsOf(params) }), call.domains),
});

export const DELETE = externalRoute({
  scope: "rooms:update",
  write: async (tx, { params }, call) => {
    await removeRoomAccess(tx, call, idsOf(params));
    return jsonAnswer(undefined, { status: 204 });
  },
});

export const { OPTIONS, GET, HEAD, POST, PUT } = otherMethods(["PATCH", "DELETE"]);
