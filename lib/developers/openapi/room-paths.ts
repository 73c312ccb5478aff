import "server-only";

import { listRoomsQuery, roomQuery } from "@/lib/rooms/listing/room-query.schema";
import type { Parameter, PathItem } from "../openapi.types";
import type { SchemaName } from "./component-schemas";
import { externalOperation, queryOf, ROOM_ID } from "./external-operation";
import { emptyAnswer, HEADERS, jsonAnswer, problems } from "./response-objects";
import { ACCESS_PATHS, ROOM_CHANGES } from "./room-change-paths";

const { ETag, Link, Location } = HEADERS;
const REPLAYED = { "Idempotency-Replayed": HEADERS["Idempotency-Replayed"] };
const CREATED_AT = { Location: { ...Location, required: true } };
const ROOM: readonly SchemaName[] = ["Room", "RoomDetails"];

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

/** What a token is worth, asked with the token itself. */
export const TOKEN_DESCRIPTION_PATH: Readonly<Record<string, PathItem>> = {
  "/api/external/me": {
    get: externalOperation({
      operationId: "describeToken",
      summary: "Ask who I am",
      description:
        "Which application the token belongs to, for whom it acts, what it is good for now, and when it and the secret " +
        "that obtained it end. Any token may ask, also one without scopes.",
      scope: null,
      responses: { "200": jsonAnswer("The token, as it stands.", "TokenDescription"), ...problems() },
    }),
  },
};

/** The external API: rooms, and who has a role in them. */
export const ROOM_PATHS: Readonly<Record<string, PathItem>> = {
  "/api/external/rooms": {
    get: externalOperation({
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
    post: externalOperation({
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
    get: externalOperation({
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
    ...ROOM_CHANGES,
  },
  ...ACCESS_PATHS,
};
