import { describe, expect, it } from "vitest";
import type { z } from "zod";
import {
  createRoomAccessSchema,
  grantAccessSchema,
  updateRoomAccessSchema,
} from "@/lib/rooms/access/room-access.schema";
import {
  createBasicRoomSchema,
  createRoomSchema,
  updateBasicRoomSchema,
  updateRoomSchema,
} from "@/lib/rooms/representation/room.schema";
import { buildOpenApi } from "./build-openapi";
import { buildRequestSample } from "./build-request-sample";
import { schemaNamesOf } from "./describe-schema";
import { listOperations } from "./list-operations";

const SERVER = "https://rooms.example.org";
const document = buildOpenApi({ publicUrl: SERVER });
const operations = listOperations(document);
const described = (id: string) => {
  const found = operations.find(({ operation }) => operation.operationId === id);
  if (found === undefined) throw new Error(`no ${id}`);
  return found;
};
const sampleOf = (id: string) => buildRequestSample(SERVER, described(id));

/** What the routes parse each body with. */
const PARSED: Record<string, z.ZodType> = {
  RoomCreation: createRoomSchema,
  RoomChanges: updateRoomSchema,
  BasicRoomCreation: createBasicRoomSchema,
  BasicRoomChanges: updateBasicRoomSchema,
  RoomAccessCreation: createRoomAccessSchema,
  RoomAccessChanges: updateRoomAccessSchema,
  AccessGrant: grantAccessSchema,
};

describe("the sample of an operation", () => {
  it("is a command in as many lines as it has parts, with what is particular to it", () => {
    expect(sampleOf("createToken")).toBe(
      [
        `curl -sS --fail-with-body "${SERVER}/api/oauth/token" \\`,
        '  -u "$VESTIBULE_CLIENT_ID:$VESTIBULE_CLIENT_SECRET" \\',
        '  --data-urlencode "grant_type=client_credentials" \\',
        '  --data-urlencode "requested_subject=ana@example.com"',
      ].join("\n"),
    );
    expect(sampleOf("updateRoom")).toBe(
      [
        `curl -sS --fail-with-body -X PATCH "${SERVER}/api/external/rooms/$ROOM_ID" \\`,
        '  -H "Authorization: Bearer $TOKEN" \\',
        '  -H "Content-Type: application/merge-patch+json" \\',
        `  -d '{"name":"Weekly"}'`,
      ].join("\n"),
    );
    expect(sampleOf("revokeToken")).toContain('--data-urlencode "token=$TOKEN"');
    expect(sampleOf("listKeys")).toBe(`curl -sS --fail-with-body "${SERVER}/api/oauth/jwks"`);
  });

  it.each(operations.map((one) => [one.operation.operationId, one] as const))(
    "of %s fills in its path, proves who asks where that is asked for, and holds no credential",
    (_id, one) => {
      const sample = buildRequestSample(SERVER, one);
      expect(sample).toContain(`"${SERVER}${one.path.split("{")[0]}`);
      expect(sample).not.toMatch(/[{}](?=[^']*"\s)|eyJ|undefined/);
      // Only a body stands in single quotes, and nothing in it ends them.
      expect([0, 2]).toContain(sample.split("'").length - 1);
      const [scheme = {}] = one.operation.security;
      expect(sample.includes("Bearer $TOKEN")).toBe("accessToken" in scheme);
      expect(sample.includes("$VESTIBULE_CLIENT_SECRET")).toBe("clientSecretBasic" in scheme);
    },
  );

  it("sends what the route that it is for accepts", () => {
    const bodies = operations.flatMap(({ operation: { requestBody, operationId } }) =>
      Object.entries(requestBody?.content ?? {}).map(([type, { schema, example }]) => ({
        operationId,
        type,
        schema: PARSED[schema.$ref?.split("/").at(-1) ?? ""],
        example,
      })),
    );
    const parsed = bodies.filter(({ schema }) => schema !== undefined);
    expect(parsed.length).toBeGreaterThanOrEqual(7);
    for (const { operationId, schema, example } of parsed) {
      expect([operationId, schema?.safeParse(example).success]).toEqual([operationId, true]);
      expect(Object.keys(example as object), operationId).not.toEqual([]);
    }
    for (const { operationId, example } of bodies) expect(example, operationId).toBeDefined();
  });

  it("is not made for an id that nothing stands for", () => {
    expect(() => buildRequestSample(SERVER, { ...described("readRoom"), path: "/api/external/rooms/{other}" })).toThrow(
      "No variable stands for other.",
    );
  });
});

describe("schemaNamesOf", () => {
  it("names what a body is made of and what is inside that, each once", () => {
    const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
    const schemas = {
      Page: { properties: { results: { type: "array", items: ref("Room") }, self: ref("Page") } },
      Room: { properties: { owner: { anyOf: [ref("Person"), { type: "null" }] } } },
      Person: {},
      Other: {},
    };
    expect(schemaNamesOf([{ "application/json": { schema: ref("Page") } }], schemas)).toEqual([
      "Page",
      "Room",
      "Person",
    ]);
  });
});
