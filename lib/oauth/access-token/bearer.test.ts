import { describe, expect, it } from "vitest";
import { isOAuthError, OAuthError } from "../oauth-error";
import { bearerChallenge, bearerChallengeFor, missingCredentials, readBearerToken } from "./bearer";

const ROOMS = "https://portal.example/api/external/rooms";
const resource = { realm: "rooms", resourceMetadata: "https://portal.example/.well-known/oauth-protected-resource" };

function request(authorization: string | undefined, url = ROOMS) {
  return new Request(url, { headers: authorization === undefined ? {} : { Authorization: authorization } });
}

function refusalOf(input: Request) {
  try {
    return readBearerToken(input);
  } catch (error) {
    if (!isOAuthError(error)) throw error;
    return { code: error.code, status: error.status, reason: error.reason };
  }
}

describe("reading", () => {
  // Conformance: B01
  it.each(["Bearer", "bearer", "BEARER", "bEaReR"])("reads the token after the scheme %s", (scheme) => {
    expect(readBearerToken(request(`${scheme} abc.DEF-_~+/==`))).toBe("abc.DEF-_~+/==");
  });

  it("reads a token after several spaces, which RFC 9110 §11.4 allows", () => {
    expect(readBearerToken(request("Bearer   abc"))).toBe("abc");
  });

  // Conformance: B02, B05, B06
  it.each([
    ["no header", request(undefined)],
    ["a token in the query only", request(undefined, `${ROOMS}?access_token=abc`)],
    ["Basic credentials", request("Basic YTpi")],
    ["Basic credentials and a token in the query", request("Basic YTpi", `${ROOMS}?access_token=abc`)],
    ["a DPoP header", request("DPoP abc")],
    ["an empty header", request("")],
    ["a token without a scheme", request("abc.def.ghi")],
    ["a scheme that starts like ours", request("BearerX abc")],
  ])("%s counts as no credentials", (_title, input) => {
    expect(readBearerToken(input)).toBeUndefined();
  });

  // Conformance: B03
  it("never looks into the body", () => {
    const body = new URLSearchParams({ access_token: "abc" });
    expect(readBearerToken(new Request(ROOMS, { method: "POST", body }))).toBeUndefined();
  });

  // Conformance: B06
  it.each([
    ["an empty value", "Bearer"],
    ["spaces only", "Bearer    "],
    ["two tokens", "Bearer a b"],
    ["two headers", "Bearer a, Bearer b"],
    ["a TAB before the token", "Bearer\tabc"],
    ["a quoted token", 'Bearer "abc"'],
    ["a percent sign", "Bearer %"],
    ["a byte above ASCII", "Bearer \xff"],
    ["padding only", "Bearer =="],
    ["padding inside", "Bearer a=b"],
  ])("refuses a Bearer header with %s", (_title, authorization) => {
    const expected = { code: "invalid_request", status: 400, reason: "bearer_malformed" };
    expect(refusalOf(request(authorization))).toEqual(expected);
  });

  // Conformance: B04
  it.each(["?access_token=abc", "?access_token=", "?x=1&access%5Ftoken=abc"])("refuses a header and %s", (query) => {
    const expected = { code: "invalid_request", status: 400, reason: "token_in_header_and_query" };
    expect(refusalOf(request("Bearer abc", ROOMS + query))).toEqual(expected);
  });
});

describe("challenges", () => {
  // Conformance: B05
  it("names realm and metadata but no error when there were no credentials", () => {
    expect(bearerChallengeFor(missingCredentials(), resource)).toBe(
      'Bearer realm="rooms", resource_metadata="https://portal.example/.well-known/oauth-protected-resource"',
    );
    expect(missingCredentials()).toMatchObject({ status: 401, reason: "no_credentials" });
  });

  // Conformance: B07
  it("names invalid_token with the one public sentence", () => {
    const error = new OAuthError("invalid_token", { reason: "expired", detail: "canary" });
    expect(bearerChallengeFor(error, { realm: "rooms" })).toBe(
      'Bearer realm="rooms", error="invalid_token", error_description="The access token is invalid, expired or revoked."',
    );
  });

  // Conformance: B08
  it("names the scope that would be enough", () => {
    const error = new OAuthError("insufficient_scope", { reason: "scope_missing", requiredScope: "rooms:create" });
    expect(bearerChallengeFor(error, { realm: "rooms" })).toBe(
      'Bearer realm="rooms", error="insufficient_scope", ' +
        'error_description="The access token does not carry the required scope.", scope="rooms:create"',
    );
  });

  // Conformance: B06
  it("names invalid_request for a malformed header", () => {
    const error = new OAuthError("invalid_request", { reason: "bearer_malformed", description: "Malformed." });
    expect(bearerChallengeFor(error, { realm: "rooms" })).toBe(
      'Bearer realm="rooms", error="invalid_request", error_description="Malformed."',
    );
  });

  it.each([
    new OAuthError("temporarily_unavailable", { reason: "database_unavailable" }),
    new OAuthError("temporarily_unavailable", { reason: "too_many_failures", status: 429 }),
    new OAuthError("server_error", { reason: "unexpected_error" }),
  ])("gives no challenge where authentication would change nothing: $status", (error) => {
    expect(bearerChallengeFor(error, resource)).toBeUndefined();
  });

  // Conformance: B09
  it("holds each attribute once, in one order", () => {
    const header = bearerChallenge({ ...resource, error: "e", errorDescription: "d", scope: "s" });
    expect(Array.from(header.matchAll(/(\w+)="/g), (match) => match[1])).toEqual([
      "realm",
      "resource_metadata",
      "error",
      "error_description",
      "scope",
    ]);
  });

  // Conformance: B09
  it("escapes the realm, whose grammar allows it", () => {
    expect(bearerChallenge({ realm: 'a"b\\c' })).toBe('Bearer realm="a\\"b\\\\c"');
  });

  // Conformance: B09
  it.each([
    { error: 'invalid"token' },
    { errorDescription: "back\\slash" },
    { scope: 'a" , realm="b' },
    { errorDescription: "line\r\nSet-Cookie: x" },
    { resourceMetadata: "https://x/\r\n" },
    { realm: "é" },
  ])("refuses to build a header from %j", (attributes) => {
    expect(() => bearerChallenge({ realm: "rooms", ...attributes })).toThrow(TypeError);
  });
});
