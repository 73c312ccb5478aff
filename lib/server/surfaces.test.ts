import { describe, expect, it } from "vitest";
import type { Surfaces } from "@/lib/env/config";
import { ENDPOINTS } from "@/lib/server/request/endpoints";
import { errorUri } from "@/lib/testing/machine/error-uri";
import { HEAD, UUID, useWireServer, WIRE_SETTINGS } from "@/lib/testing/process/wire-server";

const { listen, logLines } = useWireServer();
const listenAs = (surfaces: Surfaces) => listen({ settings: { ...WIRE_SETTINGS, surfaces } });
const unreached = (surfaces: Surfaces) =>
  listen({
    settings: { ...WIRE_SETTINGS, surfaces },
    answersEndpoints: true,
    application: () => Promise.reject(new Error("must not be reached")),
  });

const addresses = Object.entries(ENDPOINTS).map(
  ([path, { style }]) => [path.replaceAll(/\[[^\]]+\]/g, "x"), style] as const,
);
/** What operators ask, whatever the process is for. */
const isEverywhere = (path: string) => /^\/api\/(?:health\/|metrics$)/.test(path);
const ofMachines = addresses.filter(([path, style]) => style !== "text" && !isEverywhere(path)).map(([path]) => path);
const ofPortal = addresses.filter(([, style]) => style === "text").map(([path]) => path);
const PAGES = [
  "/",
  "/sign-in",
  "/applications?page=2",
  "/developers",
  "/r/abc-defg-hij",
  "/_next/static/x.js",
  "/nope",
];
const NO_PAGES = "There are no pages at this address: this process answers applications only.";
const NO_MACHINES = "Applications are not answered at this address: this process has the portal only.";

describe("SURFACES=machine", () => {
  it.each([...PAGES, ...ofPortal])("answers a page with 404 and a line of text, and asks nobody: %s", async (path) => {
    const { send, failures } = await unreached("machine");
    for (const method of ["GET", "POST", "DELETE"]) {
      const { status, headers, body } = await send(`${method} ${path} HTTP/1.1`, ...HEAD, "", "");
      expect([status, headers.get("content-type"), body]).toEqual([404, "text/plain", `${NO_PAGES}\n`]);
      expect([headers.get("cache-control"), headers.get("set-cookie")]).toEqual(["no-store", undefined]);
      expect(headers.get("x-request-id")).toMatch(UUID);
    }
    expect(failures).toEqual([]);
  });

  it("reads nothing of what is sent to a page", async () => {
    const { send } = await unreached("machine");
    const head = ["POST /sign-in HTTP/1.1", ...HEAD, "Expect: 100-continue", "Content-Length: 1", "", ""];
    expect((await send(...head)).status).toBe(404);
  });

  it.each(ofMachines)("hands on what programs call: %s", async (path) => {
    const { send } = await listenAs("machine");
    expect((await send(`GET ${path} HTTP/1.1`, ...HEAD, "", "")).status).toBe(200);
  });

  it("says of addresses of programs that are not there what it says everywhere", async () => {
    const { send } = await listenAs("machine");
    const { send: sendToAll } = await listenAs("all");
    for (const path of [
      "/api/external/nope",
      "/api/oauth/nope",
      "/external-api/nope",
      "/.well-known/nope",
      "/api/nope",
    ]) {
      const line = `GET ${path} HTTP/1.1`;
      const [one, other] = [await send(line, ...HEAD, "", ""), await sendToAll(line, ...HEAD, "", "")];
      expect([one.status, one.body]).toEqual([404, other.body]);
    }
  });
});

describe("SURFACES=portal", () => {
  const problem = { type: "about:blank", title: "Not Found", status: 404, detail: NO_MACHINES };
  const oauth = {
    error: "invalid_request",
    error_description: NO_MACHINES,
    error_uri: errorUri("invalid_request"),
    detail: NO_MACHINES,
  };
  it.each([
    ["POST", "/api/oauth/token", "application/json", oauth],
    ["GET", "/api/oauth/jwks", "application/json", oauth],
    ["GET", "/.well-known/oauth-authorization-server", "application/json", oauth],
    ["GET", "/api/oauth/nope", "application/json", oauth],
    ["POST", "/api/external/rooms", "application/problem+json", problem],
    ["PATCH", "/api/external/rooms/x", "application/problem+json", problem],
    ["GET", "/api/openapi.json", "application/problem+json", problem],
    ["GET", "/.well-known/nope", "application/problem+json", problem],
    ["GET", "/api/nope", "application/problem+json", problem],
    ["POST", "/external-api/v1.0/application/token/", "application/json", { detail: "Not found." }],
    ["GET", "/external-api/v1.0/rooms/", "application/json", { detail: "Not found." }],
  ])("answers a program with 404 in the form that it reads: %s %s", async (method, path, type, expected) => {
    const { send, failures } = await unreached("portal");
    const { status, headers, body } = await send(`${method} ${path} HTTP/1.1`, ...HEAD, "", "");
    expect([status, headers.get("content-type"), headers.get("cache-control")]).toEqual([404, type, "no-store"]);
    expect(JSON.parse(body)).toEqual(expected);
    expect(failures).toEqual([]);
  });

  it("answers none of the addresses of programs", async () => {
    const { send } = await unreached("portal");
    const statuses = ofMachines.map(async (path) => (await send(`POST ${path} HTTP/1.1`, ...HEAD, "", "")).status);
    expect(await Promise.all(statuses)).toEqual(ofMachines.map(() => 404));
  });

  it("lets pages of other origins read that a public document is not here", async () => {
    const { send } = await unreached("portal");
    const read = async (path: string) => {
      const { headers } = await send(`GET ${path} HTTP/1.1`, ...HEAD, "", "");
      return headers.get("access-control-allow-origin");
    };
    expect([await read("/api/openapi.json"), await read("/api/external/me")]).toEqual(["*", undefined]);
  });

  it.each([...PAGES, ...ofPortal])("hands on a page: %s", async (path) => {
    const { send } = await listenAs("portal");
    expect((await send(`GET ${path} HTTP/1.1`, ...HEAD, "", "")).status).toBe(200);
  });

  it("logs a call of a program as one to an address that is not there", async () => {
    const { send } = await unreached("portal");
    await send("GET /api/external/me HTTP/1.1", ...HEAD, "", "");
    expect(logLines()).toEqual([
      expect.objectContaining({
        event: "request_refused",
        status: 404,
        reason: "address_unknown",
        detail: NO_MACHINES,
      }),
    ]);
  });
});

describe("whatever SURFACES says", () => {
  it.each(["all", "machine", "portal"] as const)(
    "health is answered, and no target is no path: %s",
    async (surfaces) => {
      const { send } = await listenAs(surfaces);
      for (const path of ["/api/health/live", "/api/health/ready", "/api/health/ready/"]) {
        expect((await send(`GET ${path} HTTP/1.1`, ...HEAD, "", "")).status).toBe(200);
      }
      expect((await send("GET http://evil.example/ HTTP/1.1", ...HEAD, "", "")).status).toBe(400);
    },
  );
});

it("everything is answered without it", async () => {
  const { send } = await listenAs("all");
  for (const path of [...PAGES, ...ofPortal, ...ofMachines]) {
    expect([path, (await send(`GET ${path} HTTP/1.1`, ...HEAD, "", "")).status]).toEqual([path, 200]);
  }
});
