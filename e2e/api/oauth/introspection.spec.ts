import { expect, test } from "@playwright/test";
import { createRemoteJWKSet, jwtVerify } from "jose";
import { client } from "../../support/clients";
import { send } from "../../support/http-client";
import {
  expectChallengedClient,
  expectInvalidClient,
  expectOAuthError,
  expectOAuthHeaders,
} from "../../support/oauth-expectations";
import { basic, type Credentials, claimsOf, obtainToken } from "../../support/oauth-requests";
import { baseUrl } from "../../support/server";

const baseURL = baseUrl();

const PATH = "/api/oauth/introspect";
const PERSON = "introspection@example.com";
const FORM = { "Content-Type": "application/x-www-form-urlencoded" };
const INACTIVE = '{"active":false}';

function introspect(baseURL: string, credentials: Credentials, token: string, path = PATH) {
  return send(baseURL, {
    method: "POST",
    path,
    headers: { ...FORM, Authorization: basic(credentials) },
    body: new URLSearchParams({ token }).toString(),
  });
}

test.describe("token introspection", () => {
  // Conformance: I01
  test("nobody asks without authentication", async () => {
    const token = await obtainToken(baseURL, client("full"), PERSON);
    const body = new URLSearchParams({ token }).toString();
    const attempts: Record<string, string>[] = [
      {},
      { Authorization: `Bearer ${token}` },
      { Authorization: basic(client("inactive")) },
    ];
    for (const authorization of attempts) {
      const headers = { ...FORM, ...authorization };
      const expectRefused = "Authorization" in headers ? expectChallengedClient : expectInvalidClient;
      expectRefused(await send(baseURL, { method: "POST", path: PATH, headers, body }), [token]);
    }
  });

  // Conformance: I02
  test("an own active token is described by exactly these members", async () => {
    const token = await obtainToken(baseURL, client("limited"), PERSON);
    const { sub, iat, exp, jti } = claimsOf(token);
    const answer = await introspect(baseURL, client("limited"), token);
    expectOAuthHeaders(answer);
    expect([answer.status, answer.json]).toEqual([
      200,
      {
        active: true,
        scope: "rooms:create rooms:list",
        client_id: client("limited").clientId,
        username: PERSON,
        sub,
        aud: `${baseURL}/api/external/rooms`,
        iss: baseURL,
        exp,
        iat,
        jti,
        token_type: "Bearer",
      },
    ]);
  });

  // Conformance: I03
  test("everything else is the same {active:false}", async () => {
    const revoked = await obtainToken(baseURL, client("full"), PERSON);
    await introspect(baseURL, client("full"), revoked, "/api/oauth/revoke");
    const foreign = await obtainToken(baseURL, client("limited"), PERSON);
    const [head = "", payload = ""] = foreign.split(".");
    for (const token of [revoked, foreign, `${head}.${payload}.AAAA`, "garbage", "x".repeat(8_000)]) {
      const answer = await introspect(baseURL, client("full"), token);
      expectOAuthHeaders(answer);
      expect([answer.status, answer.text]).toEqual([200, INACTIVE]);
    }
  });

  // Conformance: I03
  test("a token that another client asks about stays active for its own", async () => {
    const token = await obtainToken(baseURL, client("limited"), PERSON);
    expect((await introspect(baseURL, client("full"), token)).text).toBe(INACTIVE);
    expect((await introspect(baseURL, client("limited"), token)).json).toMatchObject({ active: true });
  });

  // Conformance: I04
  test("GET with a token in the query is refused with the methods that exist", async () => {
    const token = await obtainToken(baseURL, client("full"), PERSON);
    const headers = { Authorization: basic(client("full")) };
    const answer = await send(baseURL, { path: `${PATH}?token=${token}`, headers });
    expect([answer.status, answer.headers.allow]).toEqual([405, "POST, OPTIONS"]);
    expect(answer.text).not.toContain(token);
  });

  test("a token in the query of a POST, or none at all, is refused", async () => {
    expectOAuthError(await introspect(baseURL, client("full"), "x", `${PATH}?token=y`), 400, "invalid_request");
    expectOAuthError(await introspect(baseURL, client("full"), ""), 400, "invalid_request");
  });

  test("says of a token what a verifier of another make says with the published keys", async () => {
    const token = await obtainToken(baseURL, client("full"), PERSON);
    const keys = createRemoteJWKSet(new URL(`${baseURL}/api/oauth/jwks`));
    const { payload } = await jwtVerify(token, keys, {
      issuer: baseURL,
      audience: `${baseURL}/api/external/rooms`,
      typ: "at+jwt",
    });
    const { json } = await introspect(baseURL, client("full"), token);
    const { iss, aud, sub, exp, iat, jti, client_id, scope } = payload;
    const verified = { iss, aud, sub, exp, iat, jti, client_id, scope };
    // The address of the person is in no token: introspection alone says it.
    expect(json).toEqual({ active: true, ...verified, username: PERSON, token_type: "Bearer" });
    expect(JSON.stringify(payload)).not.toContain(PERSON);
  });
});
