import { describe, expect, it } from "vitest";
import { metricsSnapshot, resetMetrics } from "@/lib/observability/metrics/metrics";
import { listenBehindGate } from "@/lib/testing/process/gated-server";
import { HEAD, UUID, useWireServer } from "@/lib/testing/process/wire-server";
import { PAGE_GATE, type PageGateOptions } from "./page-gate";

const { listen, logLines } = useWireServer();
const gateOf = (options: Partial<PageGateOptions> = {}) => listenBehindGate(listen, options);

const NEVER_MS = Number.POSITIVE_INFINITY;
const FULL = { queueLength: 0 };

describe("a page that the gate refuses", () => {
  it("is 503, says when to come again, and is a page in every language that nothing has to be loaded for", async () => {
    resetMetrics();
    const { get, begun, renders } = await gateOf(FULL);
    const first = get("/sign-in");
    await begun(1);
    const { status, headers, body } = await get("/applications");
    expect([status, headers.get("retry-after"), headers.get("cache-control")]).toEqual([503, "5", "no-store"]);
    expect([headers.get("content-type"), headers.get("connection")]).toEqual(["text/html; charset=utf-8", "close"]);
    expect(headers.get("x-request-id")).toMatch(UUID);
    expect(headers.get("content-security-policy")).toContain("default-src 'self'");
    const text = Buffer.from(body, "latin1").toString();
    expect(text).toContain(
      '<section lang="en"><h1>The portal is busy</h1><p>More pages are being asked for than can be made at once. Try again in a few seconds.</p></section>',
    );
    expect(text).toContain('<section lang="fr"><h1>Le portail est très sollicité</h1>');
    expect(text).not.toMatch(/<script|<style|<link|src=/);
    renders[0]?.end();
    expect((await first).body).toBe("page");
    expect(renders).toHaveLength(1);
    expect(logLines()).toEqual([
      {
        level: "info",
        time: expect.any(String),
        event: "request_refused",
        status: 503,
        reason: "pages_overloaded",
        detail: "Too many pages are being asked for. Try again in a few seconds.",
        client_address: "127.0.0.1",
        request_id: headers.get("x-request-id"),
        msg: "Request refused",
      },
    ]);
    expect(await metricsSnapshot()).toEqual({ 'vestibule_request_refused_total{reason="pages_overloaded"}': 1 });
  });

  it.each([
    ["a payload of the router", "GET", ["RSC: 1"]],
    ["an action", "POST", [`Next-Action: 40${"0a".repeat(20)}`, "Content-Length: 0"]],
  ])("is a line of text for the script that sent %s", async (_title, method, fields) => {
    const { get, send, begun, renders } = await gateOf(FULL);
    const first = get("/sign-in");
    await begun(1);
    const { status, headers, body } = await send(`${method} /applications HTTP/1.1`, ...HEAD, ...fields, "", "");
    expect([status, headers.get("retry-after"), headers.get("content-type"), body]).toEqual([
      503,
      "5",
      "text/plain",
      "Too many pages are being asked for. Try again in a few seconds.\n",
    ]);
    renders[0]?.end();
    await first;
  });

  it("is told after the longest wait, and costs no rendering", async () => {
    const { get, begun, renders, waits, passTime } = await gateOf({ holdMs: NEVER_MS });
    const first = get("/sign-in");
    await begun(1);
    const answer = get("/applications");
    await waits(1);
    passTime(PAGE_GATE.waitMs);
    expect([(await answer).status, renders.length]).toEqual([503, 1]);
    renders[0]?.end();
    await first;
  });
});

describe("what passes by the gate", () => {
  it.each([
    "/_next/static/chunks/a.js",
    "/_next/static/media/a.woff2?dpl=1",
    "/api/health/live",
    "/api/external/rooms",
    "/api/oauth/jwks",
    "/external-api/v1.0/rooms/",
    "/.well-known/oauth-authorization-server",
  ])("while every slot is taken: %s", async (path) => {
    const { get, begun, renders } = await gateOf(FULL);
    const page = get("/sign-in");
    await begun(1);
    const passed = get(path);
    await begun(2);
    renders[1]?.end();
    expect((await passed).status).toBe(200);
    renders[0]?.end();
    await page;
  });

  it.each([
    ["/", "GET", []],
    ["/nope", "HEAD", []],
    ["/r/abc-defg-hij", "GET", []],
    ["/api/auth/session", "GET", []],
    ["/_next/data/x.json", "GET", []],
    ["/_next/staticky", "GET", []],
    ["/_next/static/a.js", "POST", ["Content-Length: 0"]],
    ["/_next/static/a.js", "GET", ["Range: bytes=9-"]],
    ["/_next/static/a.js", "GET", ['If-Match: "x"']],
    ["/_next/static/a.js", "GET", ["If-Unmodified-Since: Thu, 01 Jan 1970 00:00:00 GMT"]],
  ])("is not %s asked with %s %j, for which Next may render a page", async (path, method, fields) => {
    const { get, send, begun, renders } = await gateOf(FULL);
    const page = get("/sign-in");
    await begun(1);
    expect((await send(`${method} ${path} HTTP/1.1`, ...HEAD, ...fields, "", "")).status).toBe(503);
    renders[0]?.end();
    await page;
  });
});
