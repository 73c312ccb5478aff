import "server-only";

import type { z } from "zod";
import type { Scope } from "@/lib/applications/scopes";
import type { JsonSchema, Operation, OperationMethod, Parameter, PathItem } from "../openapi.types";
import { type SchemaName, schemaRef, sentSchema } from "./component-schemas";
import { mapMembers, problems, type RefusalStatus, type Responses, withQuota } from "./response-objects";

/** An operation of the external API, by what is particular to it. */
type ExternalOperation = Pick<Operation, "operationId" | "summary" | "description"> & {
  scope: Scope | null;
  /** The header fields that it understands, with what they mean. */
  headers?: readonly Parameter[];
  query?: z.ZodType;
  /** `example`: a body that is accepted and does something. */
  body?: { schema: SchemaName; example: object; media?: readonly string[]; required?: boolean };
  answers: Responses;
  /** What it may refuse besides what every method may. */
  refusals?: readonly RefusalStatus[];
};

type ExternalPaths = Readonly<Record<string, Readonly<Partial<Record<OperationMethod, ExternalOperation>>>>>;

/** The ids that stand in paths; all of them are UUIDs. */
const IDS: Readonly<Record<string, string>> = {
  roomId: "The room's id, not its slug.",
  accessId: "The id of the role.",
};

/** Adds what all operations of the external API have in common. `render` is how refusals are written under this tag. */
export function externalPaths(
  tag: string,
  paths: ExternalPaths,
  render: (refusals: Responses) => Responses = (refusals) => refusals,
): Record<string, PathItem> {
  return mapMembers(paths, (operations, path) =>
    mapMembers(operations, ({ scope, headers = [], query, body, answers, refusals = [], ...rest }): Operation => {
      const parameters = [...pathIds(path), ...headers, ...queryOf(query)];
      return {
        ...rest,
        ...(parameters.length === 0 ? {} : { parameters }),
        responses: withQuota({ ...answers, ...render(problems(...refusals)) }),
        tags: [tag],
        security: [{ accessToken: scope === null ? [] : [scope] }],
        ...(body === undefined ? {} : { requestBody: requestBody(body) }),
      };
    }),
  );
}

function pathIds(path: string): Parameter[] {
  return Array.from(path.matchAll(/\{(\w+)\}/g), ([, name = ""]) => ({
    name,
    in: "path",
    required: true,
    description: IDS[name] ?? "",
    schema: { type: "string", format: "uuid" },
  }));
}

/** Query parameters, one for each member of the schema that parses them. */
function queryOf(schema: z.ZodType | undefined): Parameter[] {
  const { properties = {}, required = [] } = schema === undefined ? {} : sentSchema(schema);
  return Object.entries(properties).map(([name, { description, ...member }]) => ({
    name,
    in: "query",
    ...(required.includes(name) ? { required: true } : {}),
    ...(description === undefined ? {} : { description }),
    schema: member.type === "integer" ? asNumber(member) : member,
  }));
}

/** Without the pattern of the text that a number is in a query. */
function asNumber({ pattern: _pattern, ...schema }: JsonSchema): JsonSchema {
  return schema;
}

function requestBody({
  schema,
  example,
  media = ["application/json"],
  required = true,
}: NonNullable<ExternalOperation["body"]>) {
  return { required, content: Object.fromEntries(media.map((type) => [type, { schema: schemaRef(schema), example }])) };
}
