import "server-only";

import type { z } from "zod";
import type { Scope } from "@/lib/applications/scopes";
import { listRoomsQuery, roomQuery } from "@/lib/rooms/room-query.schema";
import type { Operation, Parameter, PathItem } from "../openapi.types";
import { type SchemaName, schemaRef, sentSchema } from "./component-schemas";
import { emptyAnswer, HEADERS, jsonAnswer, problems } from "./response-objects";

const { ETag, Link, Location } = HEADERS;
const REPLAYED = { "Idempotency-Replayed": HEADERS["Idempotency-Replayed"] };
const CREATED_AT = { Location: { ...Location, required: true } };
const ROOM: readonly SchemaName[] = ["Room", "RoomDetails"];

const IF_MATCH: Parameter = {
  name: "If-Match",
  in: "header",
  description: "The ETag that the change was made for. If the room has changed since, the answer is 412.",
  schema: { type: "string" },
};

const IF_NONE_MATCH: Parameter = {
  name: "If-None-Match",
  in: "header",
  description: "The ETag that you have. If it is still the present one, the answer is 304 without a body.",
  schema: { type: "string" },
};

const IDEMPOTENCY_KEY: Parameter = {
  name: "Idempotency-Key",
  in: "header",
  description: "One string of up to 255 characters in double quotes. A repetition makes no second room.",
  schema: { type: "string", examples: ['"5b6f7c1e-event-42"'] },
};

function pathId(name: string, description: string): Parameter {
  return { name, in: "path", required: true, description, schema: { type: "string", format: "uuid" } };
}

const ROOM_ID = pathId("roomId", "The room's id, not its slug.");
const ACCESS_ID = pathId("accessId", "The id of the role.");

/** Query parameters, one for each member of the schema that parses them. */
function queryOf(schema: z.ZodType): Parameter[] {
  const { properties = {}, required = [] } = sentSchema(schema);
  return Object.entries(properties).map(([name, { description, ...member }]) => ({
    name,
    in: "query",
    ...(required.includes(name) ? { required: true } : {}),
    ...(description === undefined ? {} : { description }),
    schema: member,
  }));
}

type RoomOperation = Omit<Operation, "tags" | "security" | "requestBody"> & {
  scope: Scope;
  body?: { schema: SchemaName; media?: readonly string[]; required?: boolean };
};

function operation({ scope, body, ...rest }: RoomOperation): Operation {
  const media = body?.media ?? ["application/json"];
  return {
    ...rest,
    tags: ["Rooms"],
    security: [{ accessToken: [scope] }],
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: body.required ?? true,
            content: Object.fromEntries(media.map((type) => [type, { schema: schemaRef(body.schema) }])),
          },
        }),
  };
}

/** The external API: rooms, and who has a role in them. */
export const ROOM_PATHS: Readonly<Record<string, PathItem>> = {
  "/api/external/rooms": {
    get: operation({
      operationId: "listRooms",
      summary: "List rooms",
      description:
        "The rooms in which the person has a role, whoever made them: numbered pages by name or, with limit or cursor, " +
        "pages by cursor, newest first.",
      scope: "rooms:list",
      parameters: queryOf(listRoomsQuery),
      responses: {
        "200": jsonAnswer("A page of rooms.", ["RoomPage", "RoomCursorPage"], { Link }),
        ...problems(404),
      },
    }),
    post: operation({
      operationId: "createRoom",
      summary: "Create a room",
      description:
        "The person acted for becomes its owner. Send an Idempotency-Key or an external_id, and a repeated request " +
        "makes no second room.",
      scope: "rooms:create",
      parameters: [IDEMPOTENCY_KEY, ...queryOf(roomQuery)],
      body: { schema: "RoomCreation", required: false },
      responses: {
        "200": jsonAnswer("The room that already has this external_id.", ROOM, { ETag, Location, ...REPLAYED }),
        "201": jsonAnswer("The room.", ROOM, { ETag, ...CREATED_AT, ...REPLAYED }),
        ...problems(409, 422),
      },
    }),
  },
  "/api/external/rooms/{roomId}": {
    get: operation({
      operationId: "readRoom",
      summary: "Read a room",
      scope: "rooms:retrieve",
      parameters: [ROOM_ID, IF_NONE_MATCH, ...queryOf(roomQuery)],
      responses: {
        "200": jsonAnswer("The room.", ROOM, { ETag }),
        "304": emptyAnswer("It is still what If-None-Match says.", { ETag }),
        ...problems(404),
      },
    }),
    patch: operation({
      operationId: "updateRoom",
      summary: "Change a room",
      description: "For owners and administrators of the room.",
      scope: "rooms:update",
      parameters: [ROOM_ID, IF_MATCH, ...queryOf(roomQuery)],
      body: { schema: "RoomChanges", media: ["application/merge-patch+json", "application/json"], required: false },
      responses: { "200": jsonAnswer("The room as it is now.", ROOM, { ETag }), ...problems(404, 409, 412) },
    }),
    delete: operation({
      operationId: "deleteRoom",
      summary: "Delete a room",
      description: "For owners of the room.",
      scope: "rooms:delete",
      parameters: [ROOM_ID, IF_MATCH],
      responses: { "204": emptyAnswer("The room is gone, and its link leads nowhere."), ...problems(404, 409, 412) },
    }),
  },
  "/api/external/rooms/{roomId}/accesses": {
    get: operation({
      operationId: "listRoomAccesses",
      summary: "List who has a role in a room",
      scope: "rooms:retrieve",
      parameters: [ROOM_ID],
      responses: { "200": jsonAnswer("Everybody with a role.", "RoomAccessList"), ...problems(404) },
    }),
    post: operation({
      operationId: "addRoomAccess",
      summary: "Give somebody a role in a room",
      scope: "rooms:update",
      parameters: [ROOM_ID],
      body: { schema: "RoomAccessCreation" },
      responses: {
        "200": jsonAnswer("The person had this very role already.", "RoomAccess", { Location }),
        "201": jsonAnswer("The role.", "RoomAccess", CREATED_AT),
        ...problems(404, 409),
      },
    }),
  },
  "/api/external/rooms/{roomId}/accesses/{accessId}": {
    patch: operation({
      operationId: "updateRoomAccess",
      summary: "Change somebody's role in a room",
      scope: "rooms:update",
      parameters: [ROOM_ID, ACCESS_ID],
      body: { schema: "RoomAccessChanges" },
      responses: { "200": jsonAnswer("The role as it is now.", "RoomAccess"), ...problems(404, 409) },
    }),
    delete: operation({
      operationId: "removeRoomAccess",
      summary: "Take somebody's role in a room away",
      scope: "rooms:update",
      parameters: [ROOM_ID, ACCESS_ID],
      responses: { "204": emptyAnswer("The person has no role in the room any more."), ...problems(404, 409) },
    }),
  },
};
