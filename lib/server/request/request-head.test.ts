import { describe, expect, it } from "vitest";
import { checkRequestHead, type RequestHead, type RequestHeadSettings } from "./request-head";

const SETTINGS: RequestHeadSettings = { publicUrl: "https://rooms.example.org", trustedProxyHops: 1, surfaces: "all" };

function judge(request: Partial<RequestHead>, settings: Partial<RequestHeadSettings> = {}) {
  const headers = request.headers ?? {};
  const rawHeaders = Object.entries(headers).flatMap(([name, value]) => [name, String(value)]);
  const { refusal } = checkRequestHead(
    { method: "GET", target: "/", rawHeaders, ...request, headers },
    { ...SETTINGS, ...settings },
  );
  return refusal;
}

describe("request targets", () => {
  it.each(["/", "/applications?q=../%zz", "/r/abc-defg-hij", "/%C3%A9", "/...", "/a..b/.well-known"])(
    "lets %s in",
    (target) => {
      expect(judge({ target })).toBeUndefined();
    },
  );

  it.each([
    ["an absolute form with another authority", "http://evil.example/applications"],
    ["the authority form", "rooms.example.org:443"],
    ["the asterisk form", "*"],
    ["nothing", ""],
    ["two slashes, which a URL parser takes for a host", "//evil.example/"],
    ["a backslash, which some parsers take for a slash", "/\\evil.example"],
    ["a fragment", "/applications#x"],
    ["a broken escape", "/%zz"],
    ["an escape that is no UTF-8", "/%ff"],
    ["a null character", "/a%00b"],
    ["a line break", "/a%0d%0ab"],
    ["an encoded backslash", "/a%5Cb"],
    ["a segment that leads upwards", "/sign-in/../api/oauth/token"],
    ["the same, encoded", "/%2e%2e/api/oauth/token"],
    ["half encoded, at the end", "/api/external/rooms/.%2E"],
    ["with an encoded slash around it", "/r/%2F..%2F"],
    ["a segment that leads nowhere", "/./"],
  ])("refuses %s", (_title, target) => {
    expect(judge({ target })).toEqual({ status: 400, reason: "The request target must be a path on this server." });
  });
});

describe("methods", () => {
  // Conformance: H01
  it.each([
    ["TRACE", "/api/oauth/token", "POST, OPTIONS"],
    ["PROPFIND", "/api/oauth/token/", "POST, OPTIONS"],
    ["TRACE", "/api/oauth/jwks", "GET, HEAD, OPTIONS"],
    ["TRACE", "/.well-known/oauth-authorization-server", "GET, HEAD, OPTIONS"],
    ["PROPFIND", "/api/external/rooms", "GET, HEAD, POST, OPTIONS"],
    ["LOCK", "/api/external/rooms/0192", "GET, HEAD, PATCH, DELETE, OPTIONS"],
    ["LOCK", "/external-api/v1.0/rooms/0192/grant-access/", "POST, OPTIONS"],
    ["LOCK", "/external-api/v1.0/rooms/0192/grant-access", "POST, OPTIONS"],
    ["LOCK", "/api/external/rooms/0192/accesses", "GET, HEAD, POST, OPTIONS"],
    ["LOCK", "/api/external/rooms/0192/accesses/1", "PATCH, DELETE, OPTIONS"],
    ["TRACE", "/api/%6fauth/token", "POST, OPTIONS"],
    ["PUT", "/applications", "GET, HEAD, POST"],
    ["DELETE", "/", "GET, HEAD, POST"],
    ["OPTIONS", "/sign-in", "GET, HEAD, POST"],
    ["TRACE", "/", "GET, HEAD, POST"],
  ])("refuses %s %s with 405 and the methods that exist there", (method, target, allow) => {
    expect(judge({ method, target })).toEqual({
      status: 405,
      reason: "The method is not allowed here.",
      headers: { Allow: allow },
    });
  });

  it.each(["GET", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD"])(
    "leaves %s on machine paths to the route, which authenticates first",
    (method) => {
      expect(judge({ method, target: "/api/external/rooms" })).toBeUndefined();
    },
  );
});

describe("header fields", () => {
  it("refuses more than a hundred", () => {
    const rawHeaders = Array.from({ length: 101 }, (_, index) => [`x-${index}`, "1"]).flat();
    expect(judge({ rawHeaders })?.status).toBe(431);
    expect(judge({ rawHeaders: rawHeaders.slice(2) })).toBeUndefined();
  });

  it.each(["Authorization", "Content-Type", "Host", "Origin"])(
    "refuses a repeated %s whatever its spelling",
    (name) => {
      expect(judge({ rawHeaders: [name, "a", "Accept", "*/*", name.toUpperCase(), "b"] })).toEqual({
        status: 400,
        reason: `The header field ${name.toLowerCase()} is repeated.`,
      });
    },
  );
});

// Conformance: N20
describe("plain http", () => {
  const plain = { "x-forwarded-proto": "http" };

  it.each(["/api/oauth/token", "/api/external/rooms", "/external-api/v1.0/rooms/", "/api/auth/session"])(
    "refuses %s without a redirect when the trusted proxy was reached in the clear",
    (target) => {
      expect(judge({ method: "POST", target, headers: plain })).toEqual({
        status: 400,
        reason: "Use https: credentials must not travel in the clear.",
      });
    },
  );

  it("believes the proxy's entry, not the one that the client wrote", () => {
    const target = "/api/oauth/token";
    expect(judge({ method: "POST", target, headers: { "x-forwarded-proto": "https, http" } })?.status).toBe(400);
    expect(judge({ method: "POST", target, headers: { "x-forwarded-proto": "http, https" } })).toBeUndefined();
  });

  it.each([
    ["pages", "/sign-in", {}],
    ["health probes", "/api/health/live", {}],
    ["a deployment without trusted proxies", "/api/oauth/token", { trustedProxyHops: 0 }],
    ["a deployment on this machine", "/api/oauth/token", { publicUrl: "http://localhost:3000" }],
  ])("does not concern %s", (_title, target, settings) => {
    expect(judge({ target, headers: plain }, settings)).toBeUndefined();
  });
});

describe("bodies", () => {
  // Conformance: H05
  it.each([
    ["/api/oauth/token", 16_384],
    ["/external-api/v1.0/application/token/", 16_384],
    ["/api/external/rooms", 65_536],
    ["/external-api/v1.0/rooms/", 65_536],
    ["/api/external/rooms/0192", 65_536],
    ["/applications/new", 65_536],
    ["/api/health/live", 0],
  ])("refuses a declared length over the limit of %s", (target, limit) => {
    const method = target.includes("health") ? "GET" : "POST";
    expect(judge({ method, target, headers: { "content-length": String(limit) } })).toBeUndefined();
    expect(judge({ method, target, headers: { "content-length": String(limit + 1) } })).toEqual({
      status: 413,
      reason: `The body must not be larger than ${limit} bytes.`,
    });
  });

  it.each(["gzip", "br", "deflate", "GZIP", "identity, gzip", "aes128gcm"])(
    "refuses the content encoding %s",
    (coding) => {
      expect(judge({ method: "POST", headers: { "content-encoding": coding } })).toEqual({
        status: 415,
        reason: "The body must not be encoded.",
        headers: { "Accept-Encoding": "identity" },
      });
    },
  );

  it("accepts the encoding that is none", () => {
    expect(judge({ method: "POST", headers: { "content-encoding": "identity" } })).toBeUndefined();
  });
});
