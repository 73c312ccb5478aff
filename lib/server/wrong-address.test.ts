import { describe, expect, it } from "vitest";
import { parseEnvironment } from "@/lib/env/parse-environment";
import { useWireServer, WIRE_SETTINGS } from "@/lib/testing/process/wire-server";
import type { RequestHandlerOptions } from "./request-handler";

const { listen, logLines } = useWireServer();

const PUBLIC = { ...WIRE_SETTINGS, publicUrl: "https://rooms.example.org" };

async function ask(line: string, fields: string[], settings: RequestHandlerOptions["settings"] = PUBLIC) {
  const { send } = await listen({ settings });
  return send(`${line} HTTP/1.1`, ...fields, "Connection: close", "", "");
}

describe("the portal under another host name", () => {
  it("answers 421 and a page in every language that names the right address and nothing else", async () => {
    const { status, headers, body } = await ask("GET /sign-in", ["Host: evil.example"]);
    expect([status, headers.get("content-type"), headers.get("cache-control")]).toEqual([
      421,
      "text/html; charset=utf-8",
      "no-store",
    ]);
    const text = Buffer.from(body, "latin1").toString();
    expect(text.match(/https:\/\/[^"<]+/g)).toEqual(Array(4).fill(PUBLIC.publicUrl));
    expect(text).toContain('<section lang="en"><h1>The portal has another address</h1>');
    expect(text).toContain('<section lang="fr"><h1>Le portail a une autre adresse</h1>');
    expect(text).not.toContain("evil.example");
    expect(logLines()).toEqual([expect.objectContaining({ level: "info", reason: "host_foreign", status: 421 })]);
  });

  it.each([
    ["ours", ["Host: rooms.example.org"]],
    ["ours in capitals, with the port that goes without saying", ["Host: ROOMS.example.org:443"]],
    ["ours on a port of the proxy", ["Host: rooms.example.org:8080"]],
    ["a name of its own that a proxy calls us by", ["Host: upstream:3000", "X-Forwarded-For: 203.0.113.9"]],
    ["the same, of a proxy that names itself", ["Host: upstream:3000", "Via: 1.1 edge"]],
    ["ours, said by the proxy", ["Host: upstream:3000", "X-Forwarded-Host: rooms.example.org"]],
    ["ours, said by the outermost of two proxies", ["Host: a", "X-Forwarded-Host: rooms.example.org, edge:8080"]],
  ])("is not meant by %s", async (_title, fields) => {
    expect((await ask("GET /sign-in", fields)).status).toBe(200);
  });

  it.each([
    ["an address", ["Host: 192.0.2.7:3000"]],
    ["a loopback name of a public portal", ["Host: localhost:3000"]],
    ["a name that ours begins with", ["Host: rooms.example.org.evil.example"]],
    ["what is no host", ["Host: rooms.example.org@evil.example"]],
    ["another name, said by the proxy", ["Host: upstream:3000", "X-Forwarded-Host: portal.example"]],
  ])("is meant by %s", async (_title, fields) => {
    for (const line of ["GET /", "POST /sign-in", "GET /r/abc-defg-hij", "GET /api/auth/csrf"]) {
      expect([line, (await ask(line, [...fields, "Content-Length: 0"])).status]).toEqual([line, 421]);
    }
  });

  it.each(["GET /api/health/live", "GET /api/oauth/jwks", "POST /api/oauth/token", "GET /external-api/v1.0/rooms/"])(
    "leaves machines alone: %s",
    async (line) => {
      expect((await ask(line, ["Host: 192.0.2.7:3000", "Content-Length: 0"])).status).toBe(200);
    },
  );

  it("is what others see of a HOST that they can reach beside a PUBLIC_URL that nobody set", async () => {
    const { publicUrl } = await parseEnvironment({ HOST: "0.0.0.0" });
    const settings = { ...WIRE_SETTINGS, publicUrl };
    for (const host of ["localhost:3000", "127.0.0.1:3000", "[::1]:3000", "localhost:8080"]) {
      expect([host, (await ask("GET /", [`Host: ${host}`], settings)).status]).toEqual([host, 200]);
    }
    expect((await ask("GET /", ["Host: 192.168.1.5:3000"], settings)).status).toBe(421);
  });
});

describe("a form of the portal", () => {
  const HOST = "Host: rooms.example.org";
  const EMPTY = "Content-Length: 0";

  it.each([
    ["our own", PUBLIC, HOST, "https://rooms.example.org"],
    ["our own although the proxy calls us otherwise", PUBLIC, "Host: upstream:3000\r\nVia: 1.1 edge", PUBLIC.publicUrl],
    ["the one of this machine that was opened", WIRE_SETTINGS, "Host: 127.0.0.1:3000", "http://127.0.0.1:3000"],
    ["the same on the port that goes without saying", WIRE_SETTINGS, "Host: localhost:80", "http://localhost"],
  ])("is taken from %s", async (_title, settings, host, origin) => {
    for (const path of ["/sign-in", "/api/auth/callback/credentials"]) {
      expect((await ask(`POST ${path}`, [host, `Origin: ${origin}`, EMPTY], settings)).status).toBe(200);
    }
  });

  it.each([
    ["another site", PUBLIC, HOST, "https://evil.example"],
    ["another scheme", PUBLIC, HOST, "http://rooms.example.org"],
    ["another port", PUBLIC, HOST, "https://rooms.example.org:8443"],
    ["nowhere", PUBLIC, HOST, "null"],
    ["what is no origin", PUBLIC, HOST, "rooms"],
    ["an empty origin", PUBLIC, HOST, ""],
    ["another name of this machine", WIRE_SETTINGS, "Host: 127.0.0.1:3000", "http://localhost:3000"],
    ["another name, through a proxy that hides it", PUBLIC, "Host: a\r\nVia: 1.1 edge", "https://portal.example"],
  ])(
    "is refused from %s with 403, the right address, and one line of information",
    async (_title, settings, host, origin) => {
      const { status, body } = await ask("POST /sign-in", [host, `Origin: ${origin}`, EMPTY], settings);
      expect([status, body.includes(`<a href="${settings.publicUrl}">`)]).toEqual([403, true]);
      expect(logLines()).toEqual([
        {
          level: "info",
          time: expect.any(String),
          event: "request_refused",
          status: 403,
          reason: "origin_foreign",
          detail: "The request came from another origin.",
          client_address: "127.0.0.1",
          request_id: expect.any(String),
          msg: "Request refused",
        },
      ]);
    },
  );

  it.each(["x", "", "a".repeat(41), "A".repeat(42), `${"a".repeat(42)}\u00e9`, `${"a".repeat(42)}, b`, "__proto__"])(
    "is refused with 400 when it names the action %j",
    async (action) => {
      const { status, headers } = await ask("POST /sign-in", [HOST, `Next-Action: ${action}`, EMPTY]);
      expect([status, headers.get("content-type")]).toEqual([400, "text/plain"]);
      expect(logLines()).toEqual([expect.objectContaining({ level: "info", reason: "request_malformed" })]);
      expect(logLines()[0]).not.toHaveProperty("err");
    },
  );

  it("may name an action as Next does", async () => {
    expect((await ask("POST /sign-in", [HOST, `Next-Action: 40${"0a".repeat(20)}`, EMPTY])).status).toBe(200);
  });
});
