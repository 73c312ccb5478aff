import "server-only";

import { z } from "zod";
import { tokenDescription } from "@/lib/machine/authority/token-description.schema";
import { compatibleRefusal, compatibleToken } from "@/lib/machine/compatibility/compatible-token.schema";
import {
  createRoomAccessSchema,
  grantAccessSchema,
  grantedAccessRepresentation,
  roomAccessListRepresentation,
  roomAccessRepresentation,
  updateRoomAccessSchema,
} from "@/lib/rooms/access/room-access.schema";
import {
  createBasicRoomSchema,
  createRoomSchema,
  updateBasicRoomSchema,
  updateRoomSchema,
} from "@/lib/rooms/representation/room.schema";
import {
  roomCursorPageRepresentation,
  roomDetailsRepresentation,
  roomPageRepresentation,
  roomRepresentation,
} from "@/lib/rooms/representation/room-representation.schema";
import type { JsonSchema } from "../openapi.types";
import * as oauth from "./oauth-schemas";

/** What is sent, as the routes parse it: before anything is transformed. */
const SENT = {
  TokenRequest: oauth.tokenRequest,
  PresentedTokenRequest: oauth.presentedTokenRequest,
  RoomCreation: createRoomSchema,
  RoomChanges: updateRoomSchema,
  BasicRoomCreation: createBasicRoomSchema,
  BasicRoomChanges: updateBasicRoomSchema,
  RoomAccessCreation: createRoomAccessSchema,
  RoomAccessChanges: updateRoomAccessSchema,
  AccessGrant: grantAccessSchema,
} as const;

const ANSWERED = {
  TokenResponse: oauth.tokenResponse,
  OAuthError: oauth.oauthError,
  Introspection: oauth.introspectionResponse,
  Jwks: oauth.jwks,
  ServerMetadata: oauth.serverMetadata,
  ResourceMetadata: oauth.resourceMetadata,
  Problem: oauth.problem,
  TokenDescription: tokenDescription,
  CompatibleToken: compatibleToken,
  CompatibleRefusal: compatibleRefusal,
  Room: roomRepresentation,
  RoomDetails: roomDetailsRepresentation,
  RoomPage: roomPageRepresentation,
  RoomCursorPage: roomCursorPageRepresentation,
  RoomAccess: roomAccessRepresentation,
  RoomAccessList: roomAccessListRepresentation,
  GrantedAccess: grantedAccessRepresentation,
} as const;

export type SchemaName = keyof typeof SENT | keyof typeof ANSWERED;

/** The schemas of the document, made from those that parse requests and type answers. */
export function componentSchemas(): Record<SchemaName, JsonSchema> {
  return { ...toJsonSchemas(SENT, "input"), ...toJsonSchemas(ANSWERED, "output") } as Record<SchemaName, JsonSchema>;
}

/** A reference to one of them. */
export function schemaRef(name: SchemaName): JsonSchema {
  return { $ref: `#/components/schemas/${name}` };
}

/** One schema for itself, as what is sent. */
export function sentSchema(schema: z.ZodType): JsonSchema {
  return withoutMarks(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as JsonSchema);
}

function toJsonSchemas(schemas: Readonly<Record<string, z.ZodType>>, io: "input" | "output") {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(schemas)) registry.add(schema, { id });
  const made = z.toJSONSchema(registry, { io, unrepresentable: "any", uri: (id) => `#/components/schemas/${id}` });
  return Object.fromEntries(
    Object.entries(made.schemas).map(([id, schema]) => [id, withoutMarks(schema as JsonSchema)]),
  );
}

/** Inside a document neither a dialect nor an identifier of its own: both would change what references mean. */
function withoutMarks(schema: JsonSchema): JsonSchema {
  const { $schema: _dialect, $id: _identifier, id: _name, ...rest } = schema;
  return rest;
}
