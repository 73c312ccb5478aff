import "server-only";

import { roomQuery } from "@/lib/rooms/listing/room-query.schema";
import type { Parameter, PathItem } from "../openapi.types";
import { ACCESS_ID, externalOperation, queryOf, ROOM_ID } from "./external-operation";
import { emptyAnswer, HEADERS, jsonAnswer, problems } from "./response-objects";

const { ETag, Location } = HEADERS;
const CREATED_AT = { Location: { ...Location, required: true } };

const IF_MATCH: Parameter = {
  name: "If-Match",
  in: "header",
  description: "The ETag that the change was made for. If the room has changed since, the answer is 412.",
  schema: { type: "string" },
};

/** What can be done to a room that exists. */
export const ROOM_CHANGES: PathItem = {
  patch: externalOperation({
    operationId: "updateRoom",
    summary: "Change a room",
    description: "For owners and administrators of the room.",
    scope: "rooms:update",
    parameters: [ROOM_ID, IF_MATCH, ...queryOf(roomQuery)],
    body: { schema: "RoomChanges", media: ["application/merge-patch+json", "application/json"], required: false },
    responses: {
      "200": jsonAnswer("The room as it is now.", ["Room", "RoomDetails"], { ETag }),
      ...problems(404, 409, 412),
    },
  }),
  delete: externalOperation({
    operationId: "deleteRoom",
    summary: "Delete a room",
    description: "For owners of the room.",
    scope: "rooms:delete",
    parameters: [ROOM_ID, IF_MATCH],
    responses: { "204": emptyAnswer("The room is gone, and its link leads nowhere."), ...problems(404, 409, 412) },
  }),
};

/** Who has a role in a room. */
export const ACCESS_PATHS: Readonly<Record<string, PathItem>> = {
  "/api/external/rooms/{roomId}/accesses": {
    get: externalOperation({
      operationId: "listRoomAccesses",
      summary: "List who has a role in a room",
      scope: "rooms:retrieve",
      parameters: [ROOM_ID],
      responses: { "200": jsonAnswer("Everybody with a role.", "RoomAccessList"), ...problems(404) },
    }),
    post: externalOperation({
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
    patch: externalOperation({
      operationId: "updateRoomAccess",
      summary: "Change somebody's role in a room",
      scope: "rooms:update",
      parameters: [ROOM_ID, ACCESS_ID],
      body: { schema: "RoomAccessChanges" },
      responses: { "200": jsonAnswer("The role as it is now.", "RoomAccess"), ...problems(404, 409) },
    }),
    delete: externalOperation({
      operationId: "removeRoomAccess",
      summary: "Take somebody's role in a room away",
      scope: "rooms:update",
      parameters: [ROOM_ID, ACCESS_ID],
      responses: { "204": emptyAnswer("The person has no role in the room any more."), ...problems(404, 409) },
    }),
  },
};
