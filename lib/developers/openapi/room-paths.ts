import "server-only";

import { listRoomsQuery, roomQuery } from "@/lib/rooms/listing/room-query.schema";
import type { JsonSchema, Parameter } from "../openapi.types";
import type { SchemaName } from "./component-schemas";
import { externalPaths } from "./external-paths";
import { emptyAnswer, HEADERS, jsonAnswer } from "./response-objects";

const { ETag, Link, Location } = HEADERS;
const REPLAYED = { "Idempotency-Replayed": HEADERS["Idempotency-Replayed"] };
const CREATED_AT = { Location: { ...Location, required: true } };
const ROOM: readonly SchemaName[] = ["Room", "RoomDetails"];

function header(name: string, description: string, more: JsonSchema = {}): Parameter {
  return { name, in: "header", description, schema: { type: "string", ...more } };
}

const IF_NONE_MATCH = header(
  "If-None-Match",
  "The ETag that you have. If it is still the present one, the answer is 304 without a body.",
);
const IF_MATCH = header(
  "If-Match",
  "The ETag that the change was made for. If the room has changed since, the answer is 412.",
);
const IDEMPOTENCY_KEY = header(
  "Idempotency-Key",
  "One string of up to 255 characters in double quotes. A repetition makes no second room.",
  { examples: ['"5b6f7c1e-event-42"'] },
);

const KEPT_BY_OWNERS =
  "For owners and administrators of the room; what owners have, only owners touch, and one of them stays.";

/** The external API: what a token is worth, rooms, and who has a role in them. */
export const ROOM_PATHS = externalPaths("Rooms", {
  "/api/external/me": {
    get: {
      operationId: "describeToken",
      summary: "Ask who I am",
      description:
        "Which application the token belongs to, for whom it acts, what it is good for now, and when it and the secret " +
        "that obtained it end. Any token may ask, also one without scopes.",
      scope: null,
      answers: { 200: jsonAnswer("The token, as it stands.", "TokenDescription") },
    },
  },
  "/api/external/rooms": {
    get: {
      operationId: "listRooms",
      summary: "List rooms",
      description:
        "The rooms in which the person has a role, whoever made them: numbered pages by name or, with limit or cursor, " +
        "pages by cursor, newest first.",
      scope: "rooms:list",
      query: listRoomsQuery,
      answers: { 200: jsonAnswer("A page of rooms.", ["RoomPage", "RoomCursorPage"], { Link }) },
      refusals: [404],
    },
    post: {
      operationId: "createRoom",
      summary: "Create a room",
      description:
        "The person acted for becomes its owner. Send an Idempotency-Key or an external_id, and a repeated request " +
        "makes no second room.",
      scope: "rooms:create",
      headers: [IDEMPOTENCY_KEY],
      query: roomQuery,
      body: {
        schema: "RoomCreation",
        required: false,
        example: { external_id: "event-42", attendees: ["guest@example.net"] },
      },
      answers: {
        200: jsonAnswer("The room that already has this external_id.", ROOM, { ETag, Location, ...REPLAYED }),
        201: jsonAnswer("The room.", ROOM, { ETag, ...CREATED_AT, ...REPLAYED }),
      },
      refusals: [409, 422],
    },
  },
  "/api/external/rooms/{roomId}": {
    get: {
      operationId: "readRoom",
      summary: "Read a room",
      description: "For whoever has a role in the room.",
      scope: "rooms:retrieve",
      headers: [IF_NONE_MATCH],
      query: roomQuery,
      answers: {
        200: jsonAnswer("The room.", ROOM, { ETag }),
        304: emptyAnswer("It is still what If-None-Match says.", { ETag }),
      },
      refusals: [404],
    },
    patch: {
      operationId: "updateRoom",
      summary: "Change a room",
      description: "For owners and administrators of the room.",
      scope: "rooms:update",
      headers: [IF_MATCH],
      query: roomQuery,
      body: {
        schema: "RoomChanges",
        media: ["application/merge-patch+json", "application/json"],
        required: false,
        example: { name: "Weekly" },
      },
      answers: { 200: jsonAnswer("The room as it is now.", ROOM, { ETag }) },
      refusals: [404, 409, 412],
    },
    delete: {
      operationId: "deleteRoom",
      summary: "Delete a room",
      description: "For owners of the room.",
      scope: "rooms:delete",
      headers: [IF_MATCH],
      answers: { 204: emptyAnswer("The room is gone, and its link leads nowhere.") },
      refusals: [404, 409, 412],
    },
  },
  "/api/external/rooms/{roomId}/accesses": {
    get: {
      operationId: "listRoomAccesses",
      summary: "List who has a role in a room",
      description: "For owners and administrators of the room.",
      scope: "rooms:retrieve",
      answers: { 200: jsonAnswer("Everybody with a role.", "RoomAccessList") },
      refusals: [404],
    },
    post: {
      operationId: "addRoomAccess",
      summary: "Give somebody a role in a room",
      description: "For owners and administrators of the room; only owners make owners.",
      scope: "rooms:update",
      body: { schema: "RoomAccessCreation", example: { email: "ben@example.com", role: "member" } },
      answers: {
        200: jsonAnswer("The person had this very role already.", "RoomAccess", { Location }),
        201: jsonAnswer("The role.", "RoomAccess", CREATED_AT),
      },
      refusals: [404, 409],
    },
  },
  "/api/external/rooms/{roomId}/accesses/{accessId}": {
    patch: {
      operationId: "updateRoomAccess",
      summary: "Change somebody's role in a room",
      description: KEPT_BY_OWNERS,
      scope: "rooms:update",
      body: { schema: "RoomAccessChanges", example: { role: "administrator" } },
      answers: { 200: jsonAnswer("The role as it is now.", "RoomAccess") },
      refusals: [404, 409],
    },
    delete: {
      operationId: "removeRoomAccess",
      summary: "Take somebody's role in a room away",
      description: KEPT_BY_OWNERS,
      scope: "rooms:update",
      answers: { 204: emptyAnswer("The person has no role in the room any more.") },
      refusals: [404, 409],
    },
  },
});
