import { expect, test } from "@playwright/test";
import { send } from "../support/http-client";
import { baseUrl } from "../support/server";

test("every answer carries the security fields and says nothing of what it runs on", async () => {
  for (const path of ["/sign-in", "/nowhere", "/api/oauth/jwks", "/api/health/live", "/api/external/rooms"]) {
    const { headers } = await send(baseUrl(), { path });
    expect(headers, path).toMatchObject({
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "referrer-policy": "same-origin",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
      "x-request-id": expect.stringMatching(/^[0-9a-f-]{36}$/),
      "content-security-policy": expect.stringContaining("frame-ancestors 'none'"),
    });
    expect(Object.keys(headers), path).not.toEqual(expect.arrayContaining([expect.stringMatching(/powered|^server$/)]));
  }
});

test("every script of a page carries the nonce of its answer, and no two answers share one", async () => {
  const nonces = new Set<string>();
  for (const path of ["/sign-in", "/sign-in", "/nowhere"]) {
    const { text, headers } = await send(baseUrl(), { path });
    const nonce = /'nonce-([^']+)'/.exec(String(headers["content-security-policy"]))?.[1] ?? "";
    nonces.add(nonce);
    const tags = text.match(/<(?:script|style)\b[^>]*>/g) ?? [];
    expect(tags.length, path).toBeGreaterThan(0);
    expect(
      tags.filter((tag) => !tag.includes(`nonce="${nonce}"`)),
      path,
    ).toEqual([]);
  }
  expect(nonces.size).toBe(3);
});

// Conformance: H05
test("a body over the limit is refused by its declared length alone", async () => {
  const { status, json } = await send(baseUrl(), {
    method: "POST",
    path: "/api/oauth/token",
    headers: { "Content-Type": "application/x-www-form-urlencoded", "Content-Length": "16385" },
    body: "grant_type=client_credentials".padEnd(16_385, "&"),
  });
  expect(status).toBe(413);
  expect(json).toMatchObject({ error: "invalid_request" });
});

// Conformance: H01
test("TRACE is refused with the methods that the route itself names", async () => {
  for (const path of [
    "/api/oauth/token",
    "/api/oauth/jwks",
    "/api/external/rooms",
    `/api/external/rooms/${crypto.randomUUID()}`,
  ]) {
    const options = await send(baseUrl(), { method: "OPTIONS", path });
    const trace = await send(baseUrl(), { method: "TRACE", path });
    expect([options.status, trace.status], path).toEqual([204, 405]);
    expect(sorted(trace.headers.allow), path).toEqual(sorted(options.headers.allow));
  }
});

test("HS-11 headers that Next says to itself change nothing", async () => {
  for (const value of ["middleware", "src/middleware", "middleware:".repeat(5), "proxy"]) {
    const { status, headers } = await send(baseUrl(), {
      path: "/applications",
      headers: { "X-Middleware-Subrequest": value, "X-Middleware-Next": "1" },
    });
    expect([status, headers.location]).toEqual([307, "/sign-in?to=%2Fapplications"]);
  }
});

test("HS-08 a foreign Host leads nowhere and is not repeated", async () => {
  const { status, text, headers } = await send(baseUrl(), {
    path: "/applications",
    headers: { Host: "evil.example", "X-Forwarded-Host": "evil.example", Forwarded: "host=evil.example" },
  });
  expect(`${text}${JSON.stringify(headers)}`).not.toContain("evil.example");
  expect([status, headers.location]).toEqual([421, undefined]);
  expect(text).toContain(`<a href="${baseUrl()}">`);
});

test("a form from another origin is refused before anything reads it", async () => {
  const { status, text } = await send(baseUrl(), {
    method: "POST",
    path: "/sign-in",
    headers: { Origin: "https://evil.example", "Content-Type": "multipart/form-data; boundary=x" },
    body: "--x--\r\n",
  });
  expect(status).toBe(403);
  expect(text).not.toContain("evil.example");
});

test("an action that nothing is called is refused before anything looks for it", async () => {
  const headers = { Origin: baseUrl(), "Next-Action": "x", "Content-Type": "text/plain;charset=UTF-8" };
  const { status } = await send(baseUrl(), { method: "POST", path: "/sign-in", headers, body: "[]" });
  expect(status).toBe(400);
});

test("the image optimizer, which fetches what requests name, is not there", async () => {
  const { status } = await send(baseUrl(), { path: "/_next/image?url=%2Ficon.svg&w=64&q=75" });
  expect(status).toBe(404);
});

function sorted(allow: string | undefined): string[] {
  return (allow ?? "")
    .split(",")
    .map((method) => method.trim())
    .sort();
}
