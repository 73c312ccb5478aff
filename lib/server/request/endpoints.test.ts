import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { METHODS, routeHandlers } from "@/lib/http/endpoint";
import { readSourceFiles } from "@/lib/testing/source-files";
import { ENDPOINTS, findEndpoint } from "./endpoints";
import { readRequestTarget } from "./request-target";

const UUID = "0193575a-0000-7000-8000-00000000dead";

function limitsAt(target: string) {
  const read = readRequestTarget(target);
  if (read === undefined) throw new Error(`no target: ${target}`);
  return findEndpoint(read).surface;
}

describe("the addresses of machines", () => {
  const folders = readSourceFiles((path) => /^app\/.*\/route\.ts$/.test(path)).map(({ path }) =>
    path.replace(/^app|\/route\.ts$/g, "").replaceAll(/\/\([^)]+\)/g, ""),
  );

  it("are all in the table, so that none is answered as missing, and none is there that has no route", () => {
    const machines = folders.filter((path) => /^\/(?:api|external-api|\.well-known)\//.test(path));
    expect(Object.keys(ENDPOINTS).sort()).toEqual(machines.sort());
  });

  it.each(Object.entries(ENDPOINTS).filter(([, { resource }]) => resource !== undefined))(
    "are answered by the very functions that the route file exports: %s",
    async (path, { resource, methods }) => {
      const file: Record<string, unknown> = await import(join(process.cwd(), "app", path, "route.ts"));
      expect(METHODS.map((method) => file[method])).toEqual(
        METHODS.map((method) => resource && routeHandlers(resource)[method]),
      );
      expect(methods).toBe(resource?.methods);
      expect(file.dynamic).toBe("force-dynamic");
    },
  );

  it("are reached below the portal by its own routes, which are known as pages are", () => {
    for (const path of folders.filter((folder) => !(folder in ENDPOINTS))) {
      expect([path, limitsAt(path)]).toEqual([path, { style: "text", bodyLimit: 65_536, methods: expect.any(Array) }]);
    }
  });

  it.each(Object.entries(ENDPOINTS))("include %s, with and without a slash at the end", (path, limits) => {
    const address = path.replaceAll(/\[[^\]]+\]/g, UUID);
    expect(limitsAt(address)).toBe(limits);
    expect(limitsAt(`${address}/`)).toBe(limits);
    expect(limitsAt(`${address}?a=%zz`)).toBe(limits);
  });
});

describe("what stands in an address for a name of its pattern", () => {
  it.each([
    ["/api/external/rooms", {}],
    [`/api/external/rooms/${UUID}`, { roomId: UUID }],
    [`/api/external/rooms/${UUID}/`, { roomId: UUID }],
    ["/api/external/rooms/a%2Fb%20c?x=1", { roomId: "a/b c" }],
    ["/api/external/rooms/x/accesses/y", { roomId: "x", accessId: "y" }],
    ["/external-api/v1.0/rooms/x/grant-access/", { roomId: "x" }],
    ["/api/auth/callback/credentials", {}],
    ["/api/external/nope", {}],
    ["/rooms", {}],
  ])("%s", (target, params) => {
    const read = readRequestTarget(target);
    expect(read && findEndpoint(read).params).toEqual(params);
  });
});

describe("an address that is not there", () => {
  it.each([
    ["/api/oauth", "oauth"],
    ["/api/oauth/", "oauth"],
    ["/api/oauth/authorize", "oauth"],
    ["/api/oauth/token/x", "oauth"],
    ["/api/oauth//token", "oauth"],
    ["/api/oauth%2Ftoken", "oauth"],
    ["/api/external", "problem"],
    ["/api/external/nope", "problem"],
    ["/api/external/rooms//", "problem"],
    [`/api/external/rooms/${UUID}/y/z`, "problem"],
    [`/api/external/rooms/${UUID}/accesses//`, "problem"],
    ["/api/external%2Frooms", "problem"],
    ["/%61pi/nope", "problem"],
    ["/external-api", "compatible"],
    ["/external-api/v1.0/", "compatible"],
    ["/external-api/v1.0/me/", "compatible"],
    [`/external-api/v2.0/rooms/${UUID}/`, "compatible"],
    ["/.well-known/openid-configuration", "problem"],
    ["/.well-known/oauth-protected-resource", "problem"],
    ["/.well-known/oauth-authorization-server/api", "problem"],
    ["/api", "problem"],
    ["/api/", "problem"],
    ["/api/health", "problem"],
    ["/api/nope?q=1", "problem"],
    ["/api/openapi.yaml", "problem"],
    ["/api/auth", "problem"],
  ])("%s is missing, in the words of %s", (target, style) => {
    expect(limitsAt(target)).toMatchObject({ style, bodyLimit: 0, methods: [], missing: expect.stringMatching(/\.$/) });
  });

  it.each(["/", "/apixel", "/external-apis", "/no-such-page", "/r/abc-defg-hij", "/_next/static/x.js"])(
    "%s is for the portal to answer",
    (target) => {
      expect(limitsAt(target)).not.toHaveProperty("missing");
    },
  );
});

it("what pages of any origin may read is the documents, and nothing that takes credentials", () => {
  const documents = Object.entries(ENDPOINTS).filter(([, { isPublicDocument }]) => isPublicDocument);
  expect(documents.map(([path]) => path).sort()).toEqual([
    "/.well-known/oauth-authorization-server",
    "/.well-known/oauth-protected-resource/api/external/rooms",
    "/api/oauth/jwks",
    "/api/openapi.json",
  ]);
  for (const [, { methods }] of documents) expect(methods).toEqual(["GET", "HEAD", "OPTIONS"]);
});
