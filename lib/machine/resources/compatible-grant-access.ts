import "server-only";

import { jsonAnswer } from "@/lib/machine/external/external-answer";
import { compatibleResource, compatibleRoute } from "@/lib/machine/external-routes";
import { grantRoomAccess } from "@/lib/rooms/access/grant-room-access";
import { grantAccessSchema } from "@/lib/rooms/access/room-access.schema";

/** `POST …/rooms/{id}/grant-access` of La Suite Meet. */
export const compatibleGrantAccessResource = compatibleResource({
  POST: compatibleRoute({
    scope: "rooms:update",
    body: grantAccessSchema,
    run: async ({ body, params }, call) => {
      const { access, isNew, isPersonNew } = await grantRoomAccess(call, { ...body, roomId: params.roomId ?? "" });
      const { role, person } = access;
      const answer = { email: person.email, role, created: isNew, provisional_user_created: isPersonNew };
      return jsonAnswer(answer, { status: isNew ? 201 : 200 });
    },
  }),
});
