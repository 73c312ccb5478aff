import { jsonAnswer } from "@/lib/machine/external/external-answer";
import { externalRoute, otherMethods } from "@/lib/machine/external/external-route";
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
  run: async ({ body, params }, { actor, domains }) =>
    representAccess(await changeRoomAccess(idsOf(params), body, actor, domains), domains),
});

export const DELETE = externalRoute({
  scope: "rooms:update",
  run: async ({ params }, { actor }) => {
    await removeRoomAccess(idsOf(params), actor);
    return jsonAnswer(undefined, { status: 204 });
  },
});

const others = otherMethods(["PATCH", "DELETE"]);
export const OPTIONS = others.options;
export const GET = others.refused;
export const HEAD = others.refused;
export const POST = others.refused;
export const PUT = others.refused;
