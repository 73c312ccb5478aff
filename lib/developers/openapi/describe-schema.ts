import "server-only";

import type { JsonSchema, MediaContent, Operation } from "../openapi.types";

/** One member of an object, for a table. */
export type Member = {
  name: string;
  isRequired: boolean;
  /** In words: `string (uuid)`, `one of public, trusted`, `list of Room`. */
  type: string;
  description: string | undefined;
};

type Schemas = Readonly<Record<string, JsonSchema>>;

/** Name of the component that a schema refers to; undefined for one that stands for itself. */
export function refName(schema: JsonSchema): string | undefined {
  return schema.$ref?.replace("#/components/schemas/", "");
}

/** What values a schema allows, in a few English words. */
export function describeType(schema: JsonSchema): string {
  const name = refName(schema);
  if (name !== undefined) return name;
  if (schema.anyOf !== undefined) return schema.anyOf.map(describeType).join(" or ");
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return `one of ${schema.enum.map(String).join(", ")}`;
  if (schema.type === "array") return schema.items === undefined ? "list" : `list of ${describeType(schema.items)}`;
  const type = [schema.type ?? "any value"].flat().join(" or ");
  return schema.format === undefined ? type : `${type} (${schema.format})`;
}

/** What an operation is sent and what it answers. */
export function contentsOf({ requestBody, responses }: Pick<Operation, "requestBody" | "responses">): MediaContent[] {
  const contents = [requestBody?.content, ...Object.values(responses).map(({ content }) => content)];
  return contents.filter((content) => content !== undefined);
}

/** Names of the schemas that bodies are made of, and of those inside these, each once, what is named first before the rest. */
export function schemaNamesOf(contents: readonly MediaContent[], schemas: Schemas): string[] {
  const found = new Set<string>();
  const look = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    const name = refName(value as JsonSchema);
    if (name === undefined) {
      for (const inside of Object.values(value)) look(inside);
    } else if (!found.has(name)) {
      found.add(name);
      look(schemas[name]);
    }
  };
  for (const content of contents) for (const { schema } of Object.values(content)) look(schema);
  return [...found];
}

/** The members of an object schema, those of objects inside it with their path. */
export function membersOf(schema: JsonSchema, prefix = ""): Member[] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, member]) => {
    const name = `${prefix}${key}`;
    const isRequired = schema.required?.includes(key) ?? false;
    // What may also be null has its description inside.
    const description = member.description ?? member.anyOf?.find((one) => one.description !== undefined)?.description;
    const entry = { name, isRequired, type: describeType(member), description };
    return member.properties === undefined ? [entry] : [entry, ...membersOf(member, `${name}.`)];
  });
}

const FORMATS: Readonly<Record<string, string>> = {
  uuid: "019ab0c4-5d3e-7c1a-9f20-3b6d8e4a1c57",
  uri: "https://rooms.example.com/qfz-mtwk-bda",
  email: "ana@example.com",
  "date-time": "2026-11-24T09:30:00Z",
};

/** A value that the schema allows. Always the same one; optional members are in it. */
export function exampleOf(schema: JsonSchema, schemas: Schemas): unknown {
  const name = refName(schema);
  if (name !== undefined) return exampleOf(schemas[name] ?? {}, schemas);
  const [example] = Array.isArray(schema.examples) ? schema.examples : [];
  if (example !== undefined) return example;
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  if (schema.anyOf !== undefined)
    return exampleOf(
      schema.anyOf.at(-1)?.type === "null" ? (schema.anyOf[0] ?? {}) : (schema.anyOf.at(-1) ?? {}),
      schemas,
    );
  const [type] = [schema.type ?? "object"].flat();
  switch (type) {
    case "object":
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([key, member]) => [key, exampleOf(member, schemas)]),
      );
    case "array":
      return schema.maxItems === 0 ? [] : [exampleOf(schema.items ?? {}, schemas)];
    case "integer":
    case "number":
      return 1;
    case "boolean":
      return true;
    default:
      return FORMATS[schema.format ?? ""] ?? "text";
  }
}
