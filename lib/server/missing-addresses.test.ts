import { describe, expect, it } from "vitest";
import { errorUri } from "@/lib/testing/machine/error-uri";
import { HEAD, UUID, useWireServer } from "@/lib/testing/process/wire-server";

const { listen, logLines } = useWireServer();

describe("a call to an address of machines that is not there", () => {
  const DOCUMENTED = "/.well-known/oauth-authorization-server";
  const problem404 = {
    type: "about:blank",
    title: "Not Found",
    status: 404,
    detail: "There is nothing at this address. /api/openapi.json has those there are.",
  };
  const oauthReason = `There is nothing at this address. ${DOCUMENTED} has those there are.`;
  const oauth404 = {
    error: "invalid_request",
    error_description: oauthReason,
    error_uri: errorUri("invalid_request"),
    detail: oauthReason,
  };
  it.each([
    ["GET", "/api/external/nope", "application/problem+json", problem404],
    ["POST", "/api/external/rooms/x/y/z", "application/problem+json", problem404],
    ["GET", "/external-api/v1.0/", "application/json", { detail: "Not found." }],
    ["DELETE", "/external-api/v2.0/rooms/", "application/json", { detail: "Not found." }],
    ["GET", "/api/oauth/authorize", "application/json", oauth404],
    ["TRACE", "/api/oauth/nope", "application/json", oauth404],
    ["GET", "/.well-known/openid-configuration", "application/problem+json", problem404],
    ["GET", "/.well-known/oauth-protected-resource", "application/problem+json", problem404],
    ["OPTIONS", "/api/nope", "application/problem+json", problem404],
  ])("gets a short 404 in the dialect of its prefix: %s %s", async (method, path, type, expected) => {
    const { send } = await listen({ application: () => Promise.reject(new Error("must not be reached")) });
    const { status, headers, body } = await send(`${method} ${path} HTTP/1.1`, ...HEAD, "", "");
    expect([status, headers.get("content-type"), headers.get("cache-control")]).toEqual([404, type, "no-store"]);
    expect(headers.get("x-request-id")).toMatch(UUID);
    expect(headers.get("content-security-policy")).toMatch(/^default-src 'none'/);
    expect(JSON.parse(body)).toEqual(expected);
    const head = await send(`HEAD ${path} HTTP/1.1`, ...HEAD, "", "");
    expect([head.status, head.headers.get("content-length"), head.body]).toEqual([404, String(body.length), ""]);
  });

  it("is logged as one line of information", async () => {
    const { send } = await listen();
    const { headers } = await send("GET /api/nope HTTP/1.1", ...HEAD, "", "");
    expect(logLines()).toEqual([
      {
        level: "info",
        time: expect.any(String),
        event: "request_refused",
        status: 404,
        reason: "address_unknown",
        detail: problem404.detail,
        client_address: "127.0.0.1",
        request_id: headers.get("x-request-id"),
        msg: "Request refused",
      },
    ]);
  });
});
