import "server-only";

import { jsonAnswer } from "@/lib/machine/external/external-answer";
import { externalResource, externalRoute } from "@/lib/machine/external-routes";
import { changeRoomAccess } from "@/lib/rooms/access/change-room-access";
import { removeRoomAccess } from "@/lib/rooms/access/remove-room-access";
import { updateRoomAccessSchema } from "@/lib/rooms/access/room-access.schema";
import { representAccess } from "@/lib/rooms/access/room-access-row";

const idsOf = ({ roomId = "", accessId = "" }: Record<string, string>) => ({ roomId, accessId });

/** `/api/external/rooms/{id}/accesses/{id}`: what one person may do in a room. */
export const roomAccessResource = externalResource({
  PATCH: externalRoute({
    scope: "rooms:update",
    body: updateRoomAccessSchema,
    write: async (tx, { body, params }, call) =>
      representAccess(await changeRoomAccess(tx, call, { ...body, ...idsOf(params) }), call.domains),
  }),
  DELETE: externalRoute({
    scope: "rooms:update",
    write: async (tx, { params }, call) => {
      await removeRoomAccess(tx, call, idsOf(params));
      return jsonAnswer(undefined, { status: 204 });
    },
  }),
});
