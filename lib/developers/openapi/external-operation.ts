import "server-only";

import type { z } from "zod";
import type { Scope } from "@/lib/applications/scopes";
import type { Operation, Parameter } from "../openapi.types";
import { type SchemaName, schemaRef, sentSchema } from "./component-schemas";
import { withQuota } from "./response-objects";

/** A UUID in the path. */
function pathId(name: string, description: string): Parameter {
  return { name, in: "path", required: true, description, schema: { type: "string", format: "uuid" } };
}

export const ROOM_ID = pathId("roomId", "The room's id, not its slug.");
export const ACCESS_ID = pathId("accessId", "The id of the role.");

/** Query parameters, one for each member of the schema that parses them. */
export function queryOf(schema: z.ZodType): Parameter[] {
  const { properties = {}, required = [] } = sentSchema(schema);
  return Object.entries(properties).map(([name, { description, ...member }]) => ({
    name,
    in: "query",
    ...(required.includes(name) ? { required: true } : {}),
    ...(description === undefined ? {} : { description }),
    schema: member,
  }));
}

/** An operation of the external API, by what is particular to it. */
export type ExternalOperation = Omit<Operation, "tags" | "security" | "requestBody"> & {
  scope: Scope | null;
  body?: { schema: SchemaName; media?: readonly string[]; required?: boolean };
};

/** Adds what all operations of the external API have in common. */
export function externalOperation({ scope, body, responses, ...rest }: ExternalOperation): Operation {
  const media = body?.media ?? ["application/json"];
  return {
    ...rest,
    responses: withQuota(responses),
    tags: ["Rooms"],
    security: [{ accessToken: scope === null ? [] : [scope] }],
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
