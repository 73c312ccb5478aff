import { expect, test } from "@playwright/test";
import { client } from "../../support/clients";
import { freshAddress, send } from "../../support/http-client";
import { expectChallengedClient, expectInvalidClient, expectOAuthError } from "../../support/oauth-expectations";
import { basic, type Credentials, callApi, claimsOf, obtainToken, tokenForm } from "../../support/oauth-requests";
import { baseUrl } from "../../support/server";

const baseURL = baseUrl();

const PATH = "/api/oauth/revoke";
const PERSON = "revocation@example.com";
const FORM = { "Content-Type": "application/x-www-form-urlencoded" };

function revoke(baseURL: string, credentials: Credentials, token: string, more: Record<string, string> = {}) {
  return send(baseURL, {
    method: "POST",
    path: PATH,
    headers: { ...FORM, Authorization: basic(credentials) },
    body: new URLSearchParams({ token, ...more }).toString(),
  });
}

test.describe("token revocation", () => {
  // Conformance: V01
  test("an own token is refused in the next request, and no other one is", async () => {
    const [token, bystander] = [
      await obtainToken(baseURL, client("full"), PERSON),
      await obtainToken(baseURL, client("full"), PERSON),
    ];
    expect((await callApi(baseURL, token)).status).toBe(200);
    const answer = await revoke(baseURL, client("full"), token);
    expect([answer.status, answer.text]).toEqual([200, ""]);
    expect(answer.headers).toMatchObject({ "cache-control": "no-store", pragma: "no-cache" });
    expect((await callApi(baseURL, token)).status).toBe(401);
    expect((await callApi(baseURL, bystander)).status).toBe(200);
  });

  // Conformance: V01
  test("revoked tokens are refused at once, twenty times out of twenty", async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const token = await obtainToken(baseURL, client("full"), PERSON);
        await revoke(baseURL, client("full"), token);
        return (await callApi(baseURL, token)).status;
      }),
    );
    expect(outcomes).toEqual(Array.from({ length: 20 }, () => 401));
  });

  // Conformance: V02
  test("a token that is unknown, garbage or revoked already is answered the same", async () => {
    const token = await obtainToken(baseURL, client("full"), PERSON);
    await revoke(baseURL, client("full"), token);
    const [head = "", payload = ""] = token.split(".");
    for (const presented of [token, "garbage", "a.b.c", `${head}.${payload}.AAAA`, "x".repeat(8_000)]) {
      const answer = await revoke(baseURL, client("full"), presented);
      expect([answer.status, answer.text]).toEqual([200, ""]);
    }
  });

  // Conformance: V03
  test("the token of another client stays valid", async () => {
    const token = await obtainToken(baseURL, client("full"), PERSON);
    const answer = await revoke(baseURL, client("limited"), token);
    expectOAuthError(answer, 400, "invalid_grant", [token, String(claimsOf(token).jti)]);
    expect((await callApi(baseURL, token)).status).toBe(200);
  });

  // Conformance: V04
  test("nobody revokes without authentication, and every failure is the same", async () => {
    const token = await obtainToken(baseURL, client("full"), PERSON);
    const body = new URLSearchParams({ token }).toString();
    const wrong = { ...client("full"), clientSecret: "wrong" };
    const attempts: Record<string, string>[] = [
      {},
      { Authorization: basic(wrong) },
      { Authorization: basic(client("inactive")) },
      { Authorization: basic({ clientId: "nobody", clientSecret: "x" }) },
      { Authorization: `Bearer ${token}` },
    ];
    for (const authorization of attempts) {
      const headers = { ...FORM, ...authorization };
      const expectRefused = "Authorization" in headers ? expectChallengedClient : expectInvalidClient;
      expectRefused(await send(baseURL, { method: "POST", path: PATH, headers, body }), [token]);
    }
    expect((await callApi(baseURL, token)).status).toBe(200);
  });

  // Conformance: V05
  test("the hint is only a hint, and the credentials may stand in the body", async () => {
    for (const hint of ["refresh_token", "nonsense"]) {
      const token = await obtainToken(baseURL, client("full"), PERSON);
      const body = tokenForm(client("full"), "", { token, token_type_hint: hint });
      expect((await send(baseURL, { method: "POST", path: PATH, headers: FORM, body })).status).toBe(200);
      expect((await callApi(baseURL, token)).status).toBe(401);
    }
  });

  // Conformance: V06
  test("a request without a token is refused", async () => {
    expectOAuthError(await revoke(baseURL, client("full"), ""), 400, "invalid_request");
  });

  test("a token in the query is refused and revokes nothing", async () => {
    const token = await obtainToken(baseURL, client("full"), PERSON);
    const headers = { ...FORM, Authorization: basic(client("full")) };
    const answer = await send(baseURL, { method: "POST", path: `${PATH}?token=${token}`, headers, body: "" });
    expectOAuthError(answer, 400, "invalid_request", [token]);
    expect((await callApi(baseURL, token)).status).toBe(200);
  });

  for (const method of ["GET", "HEAD", "PUT", "PATCH", "DELETE"]) {
    test(`${method} is refused with the methods that exist`, async () => {
      const answer = await send(baseURL, { method, path: `${PATH}?token=x` });
      expect([answer.status, answer.headers.allow]).toEqual([405, "POST, OPTIONS"]);
    });
  }

  test("guessing here counts together with guessing at the token endpoint", async () => {
    const from = freshAddress();
    const wrong = { ...client("full"), clientSecret: "wrong" };
    const headers = { ...FORM, Authorization: basic(wrong) };
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 22; attempt += 1) {
      const path = attempt % 2 === 0 ? PATH : "/api/oauth/introspect";
      statuses.push((await send(baseURL, { method: "POST", path, headers, body: "token=x", from })).status);
    }
    expect(statuses.slice(0, 20).every((status) => status === 401)).toBe(true);
    expect(statuses.slice(20)).toEqual([429, 429]);
  });
});
