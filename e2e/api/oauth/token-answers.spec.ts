import { expect, test } from "@playwright/test";
import { client } from "../../support/clients";
import { send } from "../../support/http-client";
import { expectOAuthError, expectToken } from "../../support/oauth-expectations";
import { claimsOf, headerOf, postForm, TOKEN_PATH, tokenForm } from "../../support/oauth-requests";
import { baseUrl } from "../../support/server";

const baseURL = baseUrl();

const ALICE = "alice@example.com";
const GRANTED = "rooms:create rooms:list";
const ask = (baseUrl: string, more: Record<string, string> = {}) =>
  postForm(baseUrl, tokenForm(client("limited"), ALICE, more));
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

test.describe("answers of the token endpoint over HTTP", () => {
  for (const method of ["GET", "HEAD", "PUT", "PATCH", "DELETE"]) {
    // Conformance: N16
    test(`answers ${method} with 405 and the real methods`, async () => {
      const answer = await send(baseURL, { method, path: TOKEN_PATH });
      expect(answer.status).toBe(405);
      expect(answer.headers.allow).toBe("POST, OPTIONS");
    });
  }

  // Conformance: N48
  test("offers nothing to other origins", async () => {
    const answer = await send(baseURL, {
      method: "OPTIONS",
      path: TOKEN_PATH,
      headers: { Origin: "https://evil.example", "Access-Control-Request-Method": "POST" },
    });
    expect(answer.status).toBe(204);
    expect(answer.headers.allow).toBe("POST, OPTIONS");
    expect(Object.keys(answer.headers).filter((name) => name.startsWith("access-control"))).toEqual([]);
  });

  // Conformance: N33, N35, N36
  test("holds exactly the members of a bearer token answer", async () => {
    const token = expectToken(await ask(baseURL), GRANTED);
    const { iat, exp } = claimsOf(token);
    expect(Number(exp) - Number(iat)).toBe(3600);
  });

  // Conformance: N40
  test("refuses the password grant", async () => {
    expectOAuthError(await ask(baseURL, { grant_type: "password" }), 400, "unsupported_grant_type", ["password"]);
  });

  for (const parameter of ["sub", "user_id", "act", "username", "aud", "delegated"]) {
    test(`lets nobody choose the claims through ${parameter}`, async () => {
      const plain = claimsOf(expectToken(await ask(baseURL), GRANTED));
      const forced = claimsOf(expectToken(await ask(baseURL, { [parameter]: "intruder" }), GRANTED));
      const { jti: _a, iat: _b, nbf: _c, exp: _d, ...expected } = plain;
      expect(forced).toMatchObject(expected);
      expect(JSON.stringify(forced)).not.toContain("intruder");
    });
  }

  // Conformance: P01, P02, P03
  test("issues a signed RFC 9068 token with exactly these claims", async () => {
    const token = expectToken(await ask(baseURL), GRANTED);
    const { clientId } = client("limited");
    expect(headerOf(token)).toEqual({ typ: "at+jwt", alg: "ES256", kid: expect.any(String) });
    const claims = claimsOf(token);
    expect(claims).toEqual({
      iss: baseURL,
      aud: `${baseURL}/api/external/rooms`,
      sub: expect.stringMatching(UUID),
      client_id: clientId,
      act: { sub: clientId },
      iat: expect.any(Number),
      nbf: claims.iat,
      exp: expect.any(Number),
      jti: expect.stringMatching(/^.{22,}$/),
      scope: GRANTED,
      credential_id: expect.stringMatching(UUID),
      cv: 0,
      user_id: claims.sub,
      delegated: true,
    });
    // P06: the two kinds of subject cannot be mistaken for each other.
    expect(clientId).not.toMatch(UUID);
  });

  test("never issues the same token twice", async () => {
    const tokens = [];
    for (let count = 0; count < 5; count += 1) tokens.push(expectToken(await ask(baseURL), GRANTED));
    expect(new Set(tokens.map((token) => claimsOf(token).jti)).size).toBe(5);
  });
});
