import { describe, expect, it } from "vitest";
import { oauthErrorResponse, requireErrorPage } from "./http/oauth-response";
import { isOAuthError, OAuthError, type OAuthErrorCode, toOAuthError } from "./oauth-error";
import {
  CHALLENGED_CLIENT_ANSWER,
  INVALID_CLIENT_ANSWER,
  readAnswer,
  refusalAnswer,
} from "./testing/token-endpoint-doubles";

const realm = { realm: "token" };
const plain = new Request("https://portal.example/", { method: "POST" });
const withHeader = new Request(plain, { headers: { Authorization: "Basic x" } });

const CODES: [OAuthErrorCode, number][] = [
  ["invalid_request", 400],
  ["invalid_client", 401],
  ["invalid_grant", 400],
  ["unauthorized_client", 400],
  ["unsupported_grant_type", 400],
  ["invalid_scope", 400],
  ["invalid_target", 400],
  ["temporarily_unavailable", 503],
  ["server_error", 500],
  ["invalid_token", 401],
  ["insufficient_scope", 403],
];

describe("the catalogue", () => {
  // Conformance: N42
  it.each(CODES)("describes %s (%d) in characters that RFC 6749 §5.2 allows", (code, status) => {
    const error = new OAuthError(code, { reason: "unexpected_error" });
    expect(error.status).toBe(status);
    expect(error.description).toMatch(/^[\x20\x21\x23-\x5B\x5D-\x7E]+$/);
  });

  it.each(['say "x"', "back\\slash", "line\nbreak", "é", ""])("refuses the description '%s'", (description) => {
    expect(() => new OAuthError("invalid_request", { reason: "unexpected_error", description })).toThrow(TypeError);
  });

  it.each([
    ["invalid_client", 400],
    ["invalid_scope", 403],
    ["server_error", 200],
    ["temporarily_unavailable", 500],
  ] satisfies [OAuthErrorCode, number][])("refuses %s with status %d", (code, status) => {
    expect(() => new OAuthError(code, { reason: "unexpected_error", status })).toThrow(TypeError);
  });

  it.each([
    ["invalid_client", "Invalid credentials"],
    ["invalid_token", "The access token is invalid, expired or revoked."],
    ["server_error", "The server could not complete the request."],
  ] satisfies [OAuthErrorCode, string][])("keeps the one sentence of %s whatever is asked for", (code, sentence) => {
    expect(new OAuthError(code, { reason: "unexpected_error", description: "Something telling" }).description).toBe(
      sentence,
    );
  });
});

describe("the page that explains errors", () => {
  const errorPage = "https://portal.example/developers/errors";

  it("is pointed to by error_uri, which depends on the code alone", () => {
    const bodies = (["unknown_client", "bad_tag", "inactive_client"] as const).map((reason) => {
      const error = new OAuthError("invalid_client", { reason });
      return oauthErrorResponse(withHeader, error, { ...realm, errorPage }).body;
    });
    expect([...new Set(bodies)]).toEqual([
      `{"error":"invalid_client","error_description":"Invalid credentials","error_uri":"${errorPage}#invalid_client","detail":"Invalid credentials"}`,
    ]);
  });

  // Conformance: N42
  it.each(["", "errors", "javascript:alert(1)", "https://a.example/#b", 'https://a.example/"', "https://a.example/ b"])(
    "is refused at the start as %j",
    (page) => {
      expect(() => requireErrorPage(page)).toThrow(TypeError);
    },
  );

  it("may be absent", () => {
    expect(() => requireErrorPage(undefined)).not.toThrow();
  });
});

describe("recognising and serializing", () => {
  // Conformance: N42
  it("serializes no reason, detail or cause", async () => {
    const error = new OAuthError("invalid_client", {
      reason: "bad_tag",
      detail: "canary detail",
      cause: new Error("canary cause"),
    });
    expect(await readAnswer(oauthErrorResponse(plain, error, realm))).toEqual(INVALID_CLIENT_ANSWER);
    expect(await readAnswer(oauthErrorResponse(withHeader, error, realm))).toEqual(CHALLENGED_CLIENT_ANSWER);
  });

  it.each([new Error("secret path"), "text", undefined, null, { code: "invalid_scope", status: 200 }])(
    "turns anything else that was thrown into server_error",
    async (thrown) => {
      expect(await readAnswer(oauthErrorResponse(withHeader, thrown, realm))).toEqual(
        refusalAnswer(500, "server_error", "The server could not complete the request."),
      );
      expect(toOAuthError(thrown).cause).toBe(thrown);
    },
  );

  it("recognises an error made by another copy of the module, and nothing that merely looks alike", () => {
    const foreign = Object.assign(new Error("x"), { [Symbol.for("oauth-core.OAuthError")]: true });
    expect(isOAuthError(foreign)).toBe(true);
    expect(isOAuthError(Object.assign(new Error("x"), { name: "OAuthError", code: "invalid_client" }))).toBe(false);
  });

  it("puts Retry-After only where waiting helps", () => {
    expect(
      new OAuthError("invalid_scope", { reason: "unexpected_error", retryAfterSeconds: 3 }).retryAfterSeconds,
    ).toBeUndefined();
    expect(
      new OAuthError("temporarily_unavailable", { reason: "unexpected_error", retryAfterSeconds: Number.NaN })
        .retryAfterSeconds,
    ).toBe(5);
  });
});
