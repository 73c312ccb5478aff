import { createConfig, lintFromString } from "@redocly/openapi-core";
import { Validator } from "@seriousme/openapi-schema-validator";
import { beforeAll, describe, expect, it } from "vitest";
import { buildOpenApi } from "@/lib/developers/openapi/build-openapi";
import { OPERATION_METHODS, type OpenApiDocument, type Operation } from "@/lib/developers/openapi.types";
import { setConfig } from "@/lib/env/config";
import { runWithRequestContext } from "@/lib/http/request-context";
import { listBasicRoomsQuery, listRoomsQuery, roomQuery } from "@/lib/rooms/listing/room-query.schema";
import { testConfig } from "@/lib/testing/test-config";
import * as route from "./route";

type RouteModule = Record<string, (request: Request) => Promise<Response>>;

const ROUTES = import.meta.glob<RouteModule>([
  "../oauth/**/route.ts",
  "../external/**/route.ts",
  "../../external-api/**/route.ts",
  "../../.well-known/**/route.ts",
]);

const document = buildOpenApi({ publicUrl: "http://localhost:3000" });
const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  OPERATION_METHODS.flatMap((method) => {
    const operation = item[method];
    return operation === undefined ? [] : [{ path, method, operation }];
  }),
);

/** What the rules that Redocly recommends find in a document, each with its place, warnings too. */
async function findLintProblems(linted: OpenApiDocument): Promise<string[]> {
  const config = await createConfig({ extends: ["recommended"] });
  const problems = await lintFromString({ source: JSON.stringify(linted), absoluteRef: "openapi.json", config });
  return problems.map(({ ruleId, location }) => `${ruleId} ${location[0]?.pointer ?? ""}`);
}

/** `../external/rooms/[roomId]/route.ts` is served at `/api/external/rooms/{roomId}`. */
function pathOf(file: string): string {
  const path = file.replace(/^\.\.\/\.\.\//, "/").replace(/^\.\.\//, "/api/");
  return path.replace(/\/route\.ts$/, "").replaceAll(/\[(\w+)\]/g, "{$1}");
}

function ask(method: string, headers: Record<string, string> = {}): Promise<Response> {
  const handler = (route as unknown as RouteModule)[method];
  if (handler === undefined) throw new Error(`no ${method}`);
  return handler(new Request("http://localhost:3000/api/openapi.json", { method, headers }));
}

beforeAll(() => setConfig(testConfig()));

describe("the document", () => {
  it("is OpenAPI 3.1 in the eyes of a validator that nobody here wrote", async () => {
    const result = await new Validator().validate(structuredClone(document) as unknown as Record<string, unknown>);
    expect(result).toMatchObject({ valid: true });
  });

  it("is refused by that validator when it is damaged", async () => {
    const damaged = { ...structuredClone(document), info: { title: "no version" } };
    expect(await new Validator().validate(damaged as unknown as Record<string, unknown>)).toMatchObject({
      valid: false,
    });
  });

  it("breaks no rule that Redocly recommends", async () => {
    expect(await findLintProblems(buildOpenApi({ publicUrl: "https://vestibule.example" }))).toEqual([]);
  }, 30_000);

  it("is told by those rules where it breaks them", async () => {
    const untidy = structuredClone(document);
    const paths = { ...untidy.paths, "/api/oauth/jwks/": untidy.paths["/api/oauth/jwks"] ?? {} };
    expect(await findLintProblems({ ...untidy, paths })).toEqual([
      "no-server-example.com #/servers/0/url",
      "no-path-trailing-slash #/paths/~1api~1oauth~1jwks~1",
      "operation-operationId-unique #/paths/~1api~1oauth~1jwks~1/get/listKeys",
    ]);
  }, 30_000);

  it("says of each operation what it does: in a line, and in sentences that add to it", () => {
    for (const { path, method, operation } of operations) {
      const { summary, description = "" } = operation;
      expect([summary, description], `${method} ${path}`).toEqual([
        expect.stringMatching(/^[A-Z].*[^.]$/),
        expect.stringMatching(/^[A-Z].*[.]$/s),
      ]);
      expect(description).not.toBe(summary);
    }
  });

  it.each([
    ["/api/external/rooms", "get", listRoomsQuery],
    ["/api/external/rooms", "post", roomQuery],
    ["/external-api/v1.0/rooms", "get", listBasicRoomsQuery],
  ])("names every query parameter of %s %s", (path, method, query) => {
    const operation = operations.find((one) => one.path === path && one.method === method)?.operation;
    const sent = (operation?.parameters ?? []).filter((one) => one.in === "query");
    expect(sent.map(({ name }) => name).sort()).toEqual(Object.keys(query.shape).sort());
    expect(sent.filter(({ schema }) => JSON.stringify(schema).includes("$ref"))).toEqual([]);
  });

  it("says of the numbers in the query that they are numbers", () => {
    const list = operations.find(({ operation }) => operation.operationId === "listRooms")?.operation;
    const numbers = (list?.parameters ?? []).filter(({ name }) => ["page", "page_size", "limit"].includes(name));
    expect(numbers.map(({ schema }) => schema)).toEqual(numbers.map(() => ({ type: "integer", minimum: 1 })));
    expect(numbers).toHaveLength(3);
  });

  it("names application/json first where clients of La Suite Meet are refused, as it is what they get", () => {
    const compatible = operations.filter(({ path }) => path.startsWith("/external-api/"));
    expect(compatible.length).toBeGreaterThan(5);
    for (const { path, operation } of compatible) {
      for (const [status, { content }] of Object.entries(operation.responses)) {
        const [first] = Object.entries(content ?? {});
        if (Number(status) < 400) continue;
        expect(first, `${path} ${status}`).toEqual([
          "application/json",
          { schema: { $ref: "#/components/schemas/CompatibleRefusal" } },
        ]);
      }
    }
  });

  it("points to nothing that it does not hold", () => {
    const names = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1] ?? "");
    expect(names.length).toBeGreaterThan(20);
    const known = Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`);
    expect(names.filter((name) => !known.includes(name))).toEqual([]);
  });

  it("gives each operation a name of its own", () => {
    const names = operations.map(({ operation }) => operation.operationId);
    expect(names).toEqual([...new Set(names)]);
  });

  it("declares each path parameter that a path has, and no other", () => {
    for (const { path, operation } of operations) {
      const declared = (operation.parameters ?? []).filter((one) => one.in === "path").map(({ name }) => name);
      expect(declared, path).toEqual([...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]));
    }
  });
});

describe("the document and the routes", () => {
  it("have the same paths", () => {
    expect(Object.keys(document.paths).sort()).toEqual(Object.keys(ROUTES).map(pathOf).sort());
  });

  it.each(Object.keys(ROUTES))(
    "have the same methods: %s",
    async (file) => {
      const handlers = await ROUTES[file]?.();
      const request = new Request(`http://localhost:3000${pathOf(file)}`, { method: "OPTIONS" });
      const context = { clientAddress: "192.0.2.1", requestId: "openapi-test" };
      const answer = await runWithRequestContext(context, async () => handlers?.OPTIONS?.(request));
      // What a path answers to OPTIONS is what it has; HEAD and OPTIONS come with the others.
      const served = (answer?.headers.get("allow") ?? "")
        .split(", ")
        .filter((name) => !/^(?:HEAD|OPTIONS)$/.test(name));
      const documented = OPERATION_METHODS.filter((method) => document.paths[pathOf(file)]?.[method]);
      expect(served.map((name) => name.toLowerCase()).sort()).toEqual([...documented].sort());
      // The first one loads the machine.
    },
    30_000,
  );

  it("ask for the same scope in every method of the external API", async () => {
    const sources = import.meta.glob<string>(["../external/**/route.ts", "../../external-api/**/route.ts"], {
      query: "?raw",
      import: "default",
    });
    for (const [file, load] of Object.entries(sources)) {
      const declared = [...(await load()).matchAll(/export const (\w+) = \w+Route\(\{\s*scope: (?:"([a-z:]+)"|null)/g)];
      for (const [, method = "", scope] of declared) {
        const item = document.paths[pathOf(file)] as Record<string, Operation | undefined>;
        expect(item[method.toLowerCase()]?.security, `${method} ${file}`).toEqual([
          { accessToken: scope === undefined ? [] : [scope] },
        ]);
      }
    }
  });
});

describe("GET /api/openapi.json", () => {
  it("is the document, cacheable, and the same bytes every time", async () => {
    const [first, second] = [await ask("GET"), await ask("GET")];
    expect(first.status).toBe(200);
    expect(first.headers.get("content-type")).toBe("application/json");
    expect(first.headers.get("cache-control")).toBe("public, max-age=300");
    const text = await first.text();
    expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(document)));
    expect(await second.text()).toBe(text);
  });

  it("answers 304 without a body to whoever has it", async () => {
    const tag = (await ask("GET")).headers.get("etag") ?? "";
    const answer = await ask("GET", { "If-None-Match": `"other", W/${tag}` });
    expect([answer.status, await answer.text(), answer.headers.get("etag")]).toEqual([304, "", tag]);
    expect((await ask("GET", { "If-None-Match": '"other"' })).status).toBe(200);
  });

  it("has headers and no body for HEAD, methods for OPTIONS, and 405 for the others", async () => {
    const head = await ask("HEAD");
    expect([head.status, await head.text()]).toEqual([200, ""]);
    expect((await ask("OPTIONS")).headers.get("allow")).toBe("GET, HEAD, OPTIONS");
    const refused = await ask("POST");
    expect([refused.status, refused.headers.get("allow")]).toEqual([405, "GET, HEAD, OPTIONS"]);
  });

  it("is not there while the external API is off", async () => {
    const configuration = testConfig();
    setConfig({ ...configuration, externalApi: { ...configuration.externalApi, enabled: false } });
    const answer = await ask("GET");
    setConfig(testConfig());
    expect([answer.status, answer.headers.get("content-type")]).toEqual([404, "application/problem+json"]);
  });
});
