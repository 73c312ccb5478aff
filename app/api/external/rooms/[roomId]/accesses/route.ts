import { jsonAnswer } from "@/lib/machine/external/external-answer";
import { externalRoute, otherMethods } from "@/lib/machine/external-routes";
import { addRoomAccess } from "@/lib/rooms/access/add-room-access";
import { listRoomAccesses } from "@/lib/rooms/access/list-room-accesses";
import { createRoomAccessSchema } from "@/lib/rooms/access/room-access.schema";
import { representAccess } from "@/lib/rooms/access/room-access-row";

// Decided on every request, never at build time.
export const dynamic = "force-dynamic";

export const GET = externalRoute({
  scope: "rooms:retrieve",
  run: async ({ params }, { actor, domains }) => {
    const accesses = await listRoomAccesses(params.roomId ?? "", actor);
    return { count: accesses.length, results: accesses.map((access) => representAccess(access, domains)) };
  },
});

export const HEAD = GET;

export const POST = externalRoute({
  scope: "rooms:update",
  body: createRoomAccessSchema,
  run: async ({ body, params }, call) => {
    const roomId = params.roomId ?? "";
    const { access, isNew } = await addRoomAccess(call, { ...body, roomId });
    const fields = { Location: `/api/external/rooms/${roomId.toLowerCase()}/accesses/${access.id}` };
    return jsonAnswer(representAccess(access, call.domains), { status: isNew ? 201 : 200, fields });
  },
});

export const { OPTIONS, PUT, PATCH, DELETE } = otherMethods(["GET", "HEAD", "POST"]);
