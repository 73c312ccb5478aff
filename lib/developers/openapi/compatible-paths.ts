import "server-only";

import { COMPATIBLE_ROOMS_PATH } from "@/lib/machine/compatibility/compatible-route";
import { listBasicRoomsQuery } from "@/lib/rooms/listing/room-query.schema";
import type { Operation, PathItem, ResponseObject } from "../openapi.types";
import { schemaRef } from "./component-schemas";
import { type ExternalOperation, externalOperation, queryOf, ROOM_ID } from "./external-operation";
import { emptyAnswer, HEADERS, jsonAnswer, oauthRefusals, problems, REVOCATION_TIMES } from "./response-objects";

const TAG = "La Suite Meet";
const { ETag, Location } = HEADERS;
const REFUSAL = { "application/json": { schema: schemaRef("CompatibleRefusal") } };

/** The same refusals in the response format of that API; what the server refuses before it looks at the path stays as it is. */
function inItsWords(refusals: Readonly<Record<string, ResponseObject>>): Record<string, ResponseObject> {
  return Object.fromEntries(
    Object.entries(refusals).map(([status, response]) => [
      status,
      { ...response, content: { ...response.content, ...REFUSAL } },
    ]),
  );
}

function compatible({ responses, ...operation }: ExternalOperation): Operation {
  return { ...externalOperation({ ...operation, responses }), tags: [TAG] };
}

/** The paths of La Suite Meet, for its clients. New code has no reason to use them. */
export const COMPATIBLE_PATHS: Readonly<Record<string, PathItem>> = {
  "/external-api/v1.0/application/token/": {
    post: {
      operationId: "createCompatibleToken",
      summary: "Get an access token, as clients of La Suite Meet do",
      description: "The tokens of /api/oauth/token. There is no scope in the answer when the token has none.",
      tags: [TAG],
      security: [{ clientSecretBasic: [] }, {}],
      requestBody: {
        required: true,
        content: {
          "application/x-www-form-urlencoded": { schema: schemaRef("TokenRequest") },
          "application/json": { schema: schemaRef("TokenRequest") },
        },
      },
      responses: {
        "200": jsonAnswer("A token.", "CompatibleToken", REVOCATION_TIMES),
        ...inItsWords(oauthRefusals(400, 401, 403, 404, 413, 415, 429, 431, 500, 503)),
      },
    },
  },
  [COMPATIBLE_ROOMS_PATH]: {
    get: compatible({
      operationId: "listCompatibleRooms",
      summary: "List rooms, as clients of La Suite Meet do",
      description: "Numbered pages by name. Other parameters are ignored.",
      scope: "rooms:list",
      parameters: queryOf(listBasicRoomsQuery),
      responses: { "200": jsonAnswer("A page of rooms.", "RoomPage"), ...inItsWords(problems(404)) },
    }),
    post: compatible({
      operationId: "createCompatibleRoom",
      summary: "Create a room, as clients of La Suite Meet do",
      description: "Other members are ignored.",
      scope: "rooms:create",
      body: { schema: "BasicRoomCreation", required: false },
      responses: {
        "201": jsonAnswer("The room.", "Room", { ETag, Location: { ...Location, required: true } }),
        ...inItsWords(problems(409, 422)),
      },
    }),
  },
  [`${COMPATIBLE_ROOMS_PATH}{roomId}/`]: {
    get: compatible({
      operationId: "readCompatibleRoom",
      summary: "Read a room, as clients of La Suite Meet do",
      scope: "rooms:retrieve",
      parameters: [ROOM_ID],
      responses: {
        "200": jsonAnswer("The room.", "Room", { ETag }),
        "304": emptyAnswer("It is still what If-None-Match says.", { ETag }),
        ...inItsWords(problems(404)),
      },
    }),
    patch: compatible({
      operationId: "updateCompatibleRoom",
      summary: "Change a room, as clients of La Suite Meet do",
      description: "Other members are ignored.",
      scope: "rooms:update",
      parameters: [ROOM_ID],
      body: {
        schema: "BasicRoomChanges",
        media: ["application/json", "application/merge-patch+json"],
        required: false,
      },
      responses: { "200": jsonAnswer("The room as it is now.", "Room", { ETag }), ...inItsWords(problems(404, 412)) },
    }),
    delete: compatible({
      operationId: "deleteCompatibleRoom",
      summary: "Delete a room, as clients of La Suite Meet do",
      scope: "rooms:delete",
      parameters: [ROOM_ID],
      responses: { "204": emptyAnswer("The room is gone."), ...inItsWords(problems(404, 412)) },
    }),
  },
};
