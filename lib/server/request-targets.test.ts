import { describe, expect, it } from "vitest";
import { UUID, useWireServer } from "@/lib/testing/process/wire-server";

const { listen, logLines } = useWireServer();

const QUERY = `?q=${"x".repeat(8_000)}`;

/** What no router should have to think about: 400, whatever part of the product it is meant for. */
const REFUSED: readonly ((path: string) => string)[] = [
  (path) => `http://elsewhere.example${path}`,
  (path) => `//elsewhere.example${path}`,
  (path) => `/${path}`,
  (path) => `\\${path}`,
  (path) => `${path}/../x`,
  (path) => `/%2e%2e${path}`,
  (path) => `${path}/%2E%2e/x`,
  (path) => `${path}/.%2e`,
  (path) => `${path}/%2e`,
  (path) => `${path}/..%2fx`,
  (path) => `${path}/..%5cx`,
  (path) => `${path}\\x`,
  (path) => `${path}/%zz`,
  (path) => `${path}/%`,
  (path) => `${path}/%c3%28`,
  (path) => `${path}/%ff`,
  (path) => `${path}/a%00b`,
  (path) => `${path}/a%0d%0aSet-Cookie:%20b`,
  (path) => `${path}/%1b[2J`,
  (path) => `${path}/%7f`,
  (path) => `${path}#x`,
];

const PREFIXES = [
  "/applications",
  "/r/abc-defg-hij",
  "/api/external/rooms",
  "/api/oauth/token",
  "/external-api/v1.0/rooms",
];

describe("a request target in a form of its own", () => {
  const targets = ["*", "localhost:3000", "", ...PREFIXES.flatMap((path) => REFUSED.map((write) => write(path)))];

  it("is refused with 400 in one line, names nothing of itself, and leaves lines of information and no error", async () => {
    const { send } = await listen({ application: () => Promise.reject(new Error("must not be reached")) });
    for (const target of targets) {
      const method = target === "*" ? "OPTIONS" : "GET";
      const { status, headers, body } = await send(`${method} ${target} HTTP/1.1`, "Host: localhost:3000", "", "");
      expect([target, status, headers.get("connection"), headers.get("x-content-type-options")]).toEqual([
        target,
        400,
        "close",
        "nosniff",
      ]);
      // Node.js itself takes the request for none when there is no target at all.
      const known = ["The request target must be a path on this server.\n", "The request is not valid HTTP.\n"];
      expect([target, known.includes(body)]).toEqual([target, true]);
    }
    // Beyond the first twenty of a second they are counted.
    const told = { level: "info", event: "request_refused", reason: "request_malformed", status: 400 };
    const counted = { level: "info", event: "refusals_not_logged", of: "request_refused" };
    for (const line of logLines()) {
      expect(line).toEqual(expect.toBeOneOf([expect.objectContaining(told), expect.objectContaining(counted)]));
      expect(line).not.toHaveProperty("err");
    }
    expect(logLines().length).toBeGreaterThan(0);
  });

  it.each(["GET", "POST", "CONNECT"])("is no tunnel and no proxy: %s elsewhere.example:443", async (method) => {
    const { send } = await listen({ application: () => Promise.reject(new Error("must not be reached")) });
    const { status } = await send(`${method} elsewhere.example:443 HTTP/1.1`, "Host: localhost:3000", "", "");
    expect(status).toBe(method === "CONNECT" ? 405 : 400);
  });

  it.each(PREFIXES)("reaches the application as it was sent when it is only long or odd: below %s", async (path) => {
    const { send } = await listen();
    for (const suffix of [QUERY, "?", "?a=%zz&b=%ff&c=..%2f", "?a=b?c=d//e", "?%00", `/${QUERY}`]) {
      const target = `${path}${suffix}`;
      const { status, headers, body } = await send(
        `GET ${target} HTTP/1.1`,
        "Host: localhost:3000",
        "Connection: close",
        "",
        "",
      );
      expect([suffix, status, headers.get("x-request-id")]).toEqual([suffix, 200, expect.stringMatching(UUID)]);
      expect(JSON.parse(body).url).toBe(target);
    }
  });

  it("is too long at 16 KiB, and still gets an answer", async () => {
    const { send } = await listen();
    expect((await send(`GET /?q=${"x".repeat(17_000)} HTTP/1.1`, "Host: localhost:3000", "", "")).status).toBe(431);
  });
});
