import "server-only";

import { jsonAnswer } from "@/lib/machine/external/external-answer";
import { externalResource, externalRoute } from "@/lib/machine/external-routes";
import { addRoomAccess } from "@/lib/rooms/access/add-room-access";
import { listRoomAccesses } from "@/lib/rooms/access/list-room-accesses";
import { createRoomAccessSchema } from "@/lib/rooms/access/room-access.schema";
import { representAccess } from "@/lib/rooms/access/room-access-row";

/** `/api/external/rooms/{id}/accesses`: who may do what in a room. */
export const roomAccessesResource = externalResource({
  GET: externalRoute({
    scope: "rooms:retrieve",
    run: async ({ params }, { actor, domains }) => {
      const accesses = await listRoomAccesses(params.roomId ?? "", actor);
      return { count: accesses.length, results: accesses.map((access) => representAccess(access, domains)) };
    },
  }),
  POST: externalRoute({
    scope: "rooms:update",
    body: createRoomAccessSchema,
    run: async ({ body, params }, call) => {
      const roomId = params.roomId ?? "";
      const { access, isNew } = await addRoomAccess(call, { ...body, roomId });
      const fields = { Location: `/api/external/rooms/${roomId.toLowerCase()}/accesses/${access.id}` };
      return jsonAnswer(representAccess(access, call.domains), { status: isNew ? 201 : 200, fields });
    },
  }),
});
