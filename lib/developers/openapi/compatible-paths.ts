import "server-only";

import { listBasicRoomsQuery } from "@/lib/rooms/listing/room-query.schema";
import type { PathItem } from "../openapi.types";
import { schemaRef } from "./component-schemas";
import { externalPaths } from "./external-paths";
import { posted } from "./oauth-paths";
import {
  emptyAnswer,
  HEADERS,
  jsonAnswer,
  mapMembers,
  oauthRefusals,
  REVOCATION_TIMES,
  type Responses,
} from "./response-objects";

const TAG = "La Suite Meet";
const { ETag, Location } = HEADERS;
const REFUSAL = { "application/json": { schema: schemaRef("CompatibleRefusal") } };

/**
 * The same refusals in the response format of that API, which is named first; what the server refuses before it looks at
 * the path stays as it is.
 */
function inItsWords(refusals: Responses): Responses {
  return mapMembers(refusals, (response) => ({
    ...response,
    content: { ...REFUSAL, ...response.content, ...REFUSAL },
  }));
}

/**
 * The paths of La Suite Meet, for its clients. New code has no reason to use them. Its clients send a slash at the end,
 * which makes no difference; the document leaves it out, because generated clients and linters stumble over it.
 */
export const COMPATIBLE_PATHS: Readonly<Record<string, PathItem>> = {
  "/external-api/v1.0/application/token": posted({
    operationId: "createCompatibleToken",
    summary: "Get an access token, as clients of La Suite Meet do",
    description: "The tokens of /api/oauth/token. There is no scope in the answer when the token has none.",
    tag: TAG,
    body: "TokenRequest",
    responses: {
      200: jsonAnswer("A token.", "CompatibleToken", REVOCATION_TIMES),
      ...inItsWords(oauthRefusals(400, 401, 403, 404, 413, 415, 429, 431, 500, 503)),
    },
  }),
  ...externalPaths(
    TAG,
    {
      "/external-api/v1.0/rooms": {
        get: {
          operationId: "listCompatibleRooms",
          summary: "List rooms, as clients of La Suite Meet do",
          description: "Numbered pages by name, or the one room of a slug. Other parameters are ignored.",
          scope: "rooms:list",
          query: listBasicRoomsQuery,
          answers: { 200: jsonAnswer("A page of rooms.", "RoomPage") },
          refusals: [404],
        },
        post: {
          operationId: "createCompatibleRoom",
          summary: "Create a room, as clients of La Suite Meet do",
          description: "Other members are ignored.",
          scope: "rooms:create",
          body: { schema: "BasicRoomCreation", required: false, example: { access_level: "restricted" } },
          answers: { 201: jsonAnswer("The room.", "Room", { ETag, Location: { ...Location, required: true } }) },
          refusals: [409, 422],
        },
      },
      "/external-api/v1.0/rooms/{roomId}": {
        get: {
          operationId: "readCompatibleRoom",
          summary: "Read a room, as clients of La Suite Meet do",
          description: "For whoever has a role in the room.",
          scope: "rooms:retrieve",
          answers: {
            200: jsonAnswer("The room.", "Room", { ETag }),
            304: emptyAnswer("It is still what If-None-Match says.", { ETag }),
          },
          refusals: [404],
        },
        patch: {
          operationId: "updateCompatibleRoom",
          summary: "Change a room, as clients of La Suite Meet do",
          description: "A configuration takes the place of the one there is. Other members are ignored.",
          scope: "rooms:update",
          body: {
            schema: "BasicRoomChanges",
            media: ["application/json", "application/merge-patch+json"],
            required: false,
            example: { configuration: { everyone_can_mute: true } },
          },
          answers: { 200: jsonAnswer("The room as it is now.", "Room", { ETag }) },
          refusals: [404, 412],
        },
        delete: {
          operationId: "deleteCompatibleRoom",
          summary: "Delete a room, as clients of La Suite Meet do",
          description: "For owners of the room.",
          scope: "rooms:delete",
          answers: { 204: emptyAnswer("The room is gone.") },
          refusals: [404, 412],
        },
      },
      "/external-api/v1.0/rooms/{roomId}/grant-access": {
        post: {
          operationId: "grantCompatibleAccess",
          summary: "Make somebody administrator or member of a room, as clients of La Suite Meet do",
          description:
            "For owners and administrators of the room. A person with another of the two roles changes it; owners stay " +
            "owners. Other members are ignored.",
          scope: "rooms:update",
          body: { schema: "AccessGrant", example: { email: "ben@example.com", role: "member" } },
          answers: {
            200: jsonAnswer("The person had a role already.", "GrantedAccess"),
            201: jsonAnswer("The person has a role now.", "GrantedAccess"),
          },
          refusals: [404, 409],
        },
      },
    },
    inItsWords,
  ),
};
