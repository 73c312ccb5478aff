import { describe, expect, it } from "vitest";
import { decodeBase64Url, decodeUtf8 } from "../http/base64";
import { OAuthError } from "../oauth-error";
import {
  ALICE_ID,
  basic,
  CALENDAR,
  CHALLENGED_CLIENT_ANSWER,
  CONTEXT,
  createTestServer,
  GOOD,
  NO_HEADER,
  NOW_SECONDS,
  readAnswer,
  refusalAnswer,
  successAnswer,
  TOKEN_URL,
  tokenRequest,
} from "../testing/token-endpoint-doubles";

async function payloadOf(response: Response): Promise<unknown> {
  const body: { access_token: string } = await response.json();
  const part = decodeBase64Url(body.access_token.split(".")[1] ?? "");
  return JSON.parse(decodeUtf8(part ?? new Uint8Array()) ?? "");
}

const calendarFor = (accessTokenTtlSeconds: number) => ({
  ...CALENDAR,
  client: { ...CALENDAR.client, accessTokenTtlSeconds },
});

describe("the successful answer", () => {
  // Conformance: N33, N35, N36
  it("has exactly four members, no refresh token, and is stored nowhere", async () => {
    const answer = await readAnswer(await createTestServer().send(tokenRequest(GOOD)));
    expect(answer).toEqual(successAnswer(expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/), "rooms:list rooms:create"));
  });

  it("tells the holder of a secret when it stops working, as an HTTP date, and nothing when there is nothing to tell", async () => {
    const ending = { ...CALENDAR, client: { ...CALENDAR.client, secretEndsAt: new Date("2026-11-25T12:00:00.900Z") } };
    const answer = await readAnswer(await createTestServer({ applications: [ending] }).send(tokenRequest(GOOD)));
    const silent = await readAnswer(await createTestServer().send(tokenRequest(GOOD)));
    expect(answer.headers).toEqual({ ...silent.headers, "vestibule-secret-ends": "Wed, 25 Nov 2026 12:00:00 GMT" });
  });

  it.each([
    ["a wrong secret", tokenRequest(GOOD, { headers: { Authorization: basic("calendar", "wrong") } })],
    ["no credentials", tokenRequest(GOOD, NO_HEADER)],
    ["a person who cannot be acted for", tokenRequest({ ...GOOD, scope: "staff@example.com" })],
    ["an unknown scope", tokenRequest({ ...GOOD, scope: "alice@example.com rooms:fly" })],
    ["an unknown grant", tokenRequest({ ...GOOD, grant_type: "password" })],
  ])("tells nothing of it in a refusal, for %s", async (_what, request) => {
    const ending = { ...CALENDAR, client: { ...CALENDAR.client, secretEndsAt: new Date("2026-11-25T12:00:00.000Z") } };
    const answer = await readAnswer(await createTestServer({ applications: [ending] }).send(request));
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.headers).not.toHaveProperty("vestibule-secret-ends");
  });

  // Conformance: P02, X02
  it("names person and application in the token, and nothing a client can choose", async () => {
    const influence = {
      sub: "evil",
      user_id: "evil",
      act: "evil",
      delegated: "false",
      aud: "evil",
      exp: "9",
      jti: "x",
    };
    const response = await createTestServer().send(tokenRequest({ ...GOOD, ...influence, subject: "evil" }));
    expect(await payloadOf(response)).toEqual({
      iss: "https://portal.example",
      aud: "https://portal.example/api/external/rooms",
      sub: ALICE_ID,
      client_id: "calendar",
      act: { sub: "calendar" },
      iat: NOW_SECONDS,
      nbf: NOW_SECONDS,
      exp: NOW_SECONDS + 3600,
      jti: "token-id-000000000000000001",
      scope: "rooms:list rooms:create",
      credential_id: CALENDAR.client.credentialId,
      cv: 3,
      user_id: ALICE_ID,
      delegated: true,
    });
  });

  // Conformance: N35
  it.each([
    [900, 900],
    [1, 60],
    [0, 60],
    [-5, 60],
    [3601, 3600],
    [86_400, 3600],
    [Number.POSITIVE_INFINITY, 3600],
    [299.9, 299],
  ])("turns a configured life of %d s into %d s, equal to exp - iat", async (configured, expected) => {
    const server = createTestServer({ applications: [calendarFor(configured)] });
    const response = await server.send(tokenRequest(GOOD));
    expect(await response.clone().json()).toMatchObject({ expires_in: expected });
    expect(await payloadOf(response)).toMatchObject({ iat: NOW_SECONDS, exp: NOW_SECONDS + expected });
  });

  it("never issues a token whose life is not a number", async () => {
    const server = createTestServer({ applications: [calendarFor(Number.NaN)] });
    expect((await server.send(tokenRequest(GOOD))).status).toBe(500);
    expect(server.issued).toEqual([]);
  });

  it("reports exactly one event for an issued token", async () => {
    const server = createTestServer();
    await server.send(tokenRequest(GOOD));
    expect({ issued: server.issued, refused: server.refused }).toEqual({
      issued: [
        {
          clientId: "calendar",
          applicationId: CALENDAR.client.applicationId,
          grantType: "client_credentials",
          method: "client_secret_basic",
          credentialId: CALENDAR.client.credentialId,
          subjectId: ALICE_ID,
          scopes: ["rooms:list", "rooms:create"],
          jti: "token-id-000000000000000001",
          expiresAt: new Date((NOW_SECONDS + 3600) * 1000),
          context: CONTEXT,
        },
      ],
      refused: [],
    });
  });
});

describe("grant types", () => {
  // Conformance: N40, S01, X01
  it.each([
    "password",
    "authorization_code",
    "refresh_token",
    "CLIENT_CREDENTIALS",
    "client_credentials ",
    "urn:example:unknown",
    "urn:ietf:params:oauth:grant-type:JWT-BEARER",
    "urn:ietf:params:oauth:grant-type:saml2-bearer",
    "urn:ietf:params:oauth:grant-type:token-exchange",
  ])("refuses '%s' the same with and without authentication", async (grant_type) => {
    const expected = refusalAnswer(400, "unsupported_grant_type", "The grant type is not supported.");
    const fields = { ...GOOD, grant_type, username: "a", password: "b", assertion: "c" };
    for (const request of [tokenRequest(fields), tokenRequest(fields, NO_HEADER)]) {
      const server = createTestServer();
      expect(await readAnswer(await server.send(request))).toEqual(expected);
      expect(server.refused).toEqual([
        { code: "unsupported_grant_type", reason: "grant_type_unsupported", context: CONTEXT },
      ]);
    }
  });
});

describe("order of checks", () => {
  it("tells nothing of scope, person or resource before the client is authenticated", async () => {
    const headers = { Authorization: basic("calendar", "wrong") };
    const broken: Record<string, string>[] = [
      { scope: "" },
      { scope: "staff@example.com" },
      { resource: "https://evil.example" },
    ];
    for (const fields of broken) {
      const request = tokenRequest({ ...GOOD, ...fields }, { headers });
      expect(await readAnswer(await createTestServer().send(request))).toEqual(CHALLENGED_CLIENT_ANSWER);
    }
  });

  it("asks the client table nothing when the request itself is wrong", async () => {
    const server = createTestServer({
      deps: { authenticateClient: () => Promise.reject(new Error("must not be called")) },
    });
    for (const body of ["", "grant_type=password", "grant_type=client_credentials&scope=a&scope=b", "x=%zz"]) {
      expect((await server.send(tokenRequest(body))).status).toBe(400);
    }
  });
});

describe("methods", () => {
  // Conformance: N16
  it.each(["GET", "PUT", "PATCH", "DELETE", "PROPFIND"])("refuses %s with the real methods", async (method) => {
    const server = createTestServer();
    const answer = await readAnswer(await server.send(new Request(TOKEN_URL, { method })));
    expect(answer).toEqual(
      refusalAnswer(405, "invalid_request", "The method is not allowed here.", { allow: "POST, OPTIONS" }),
    );
    expect(server.refused).toEqual([]);
  });

  // Conformance: N16
  it("answers HEAD with the headers of the refusal and no body", async () => {
    const answer = await readAnswer(await createTestServer().send(new Request(TOKEN_URL, { method: "HEAD" })));
    const refusal = refusalAnswer(405, "invalid_request", "-", { allow: "POST, OPTIONS" });
    expect(answer).toEqual({ ...refusal, body: null });
  });

  // Conformance: N48
  it("answers OPTIONS without any CORS field", async () => {
    const headers = { Origin: "https://evil.example", "Access-Control-Request-Method": "POST" };
    const answer = await readAnswer(
      await createTestServer().send(new Request(TOKEN_URL, { method: "OPTIONS", headers })),
    );
    expect(answer).toEqual({
      status: 204,
      headers: { allow: "POST, OPTIONS", "cache-control": "no-store", pragma: "no-cache" },
      body: null,
    });
  });
});

describe("limits and outages", () => {
  const unavailable = "The server cannot answer now. Try again later.";

  // Conformance: N45, N46
  it.each([
    ["over the limit", 429, 12, "12"],
    ["a fraction of a second", 429, 0.2, "1"],
    ["database down", 503, 3, "3"],
    ["no time named", 503, undefined, "5"],
  ])("%s: %d with Retry-After", async (_title, status, retryAfterSeconds, retryAfter) => {
    const error = new OAuthError("temporarily_unavailable", {
      reason: "database_unavailable",
      status,
      retryAfterSeconds,
    });
    const server = createTestServer({ deps: { authenticateClient: () => Promise.reject(error) } });
    expect(await readAnswer(await server.send(tokenRequest(GOOD)))).toEqual(
      refusalAnswer(status, "temporarily_unavailable", unavailable, { "retry-after": retryAfter }),
    );
    expect(server.issued).toEqual([]);
  });
});
