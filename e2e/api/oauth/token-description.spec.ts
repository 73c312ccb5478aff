import { randomUUID } from "node:crypto";
import { expect, test } from "@playwright/test";
import { client } from "../../support/clients";
import { resign } from "../../support/forge";
import { expectProblem } from "../../support/oauth-expectations";
import { callApi, claimsOf, obtainToken } from "../../support/oauth-requests";
import { baseUrl } from "../../support/server";

const baseURL = baseUrl();
const PATH = "/api/external/me";
const ask = (token: string, method = "GET") => callApi(baseURL, token, { path: PATH, method });

test.describe("GET /api/external/me", () => {
  test("tells who calls, for whom, with which scopes and until when, and nothing else", async () => {
    const email = `me-${randomUUID()}@example.com`;
    const token = await obtainToken(baseURL, client("limited"), email);
    const { sub, exp } = claimsOf(token);
    const answer = await ask(token);
    expect({ status: answer.status, body: answer.json }).toEqual({
      status: 200,
      body: {
        client_id: client("limited").clientId,
        application: "API specs: limited",
        person: { id: sub, email },
        scopes: ["rooms:create", "rooms:list"],
        token_expires_at: new Date(Number(exp) * 1_000).toISOString(),
        credential_ends_at: null,
      },
    });
    expect(answer.headers["content-type"]).toBe("application/json");
    expect(answer.headers["cache-control"]).toBe("no-store");
    expect(answer.text).not.toContain(client("limited").clientSecret.slice(-22));
  });

  test("answers a token without scopes, and one that was narrowed with what it has", async () => {
    const unscoped = await ask(await obtainToken(baseURL, client("unscoped"), "alice@example.com"));
    expect(unscoped).toMatchObject({ status: 200, json: { scopes: [] } });
    const narrow = await ask(await obtainToken(baseURL, client("full"), "alice@example.com rooms:list"));
    expect(narrow).toMatchObject({ status: 200, json: { scopes: ["rooms:list"] } });
  });

  test("names the scopes that the application has now, not those that a token claims", async () => {
    const token = await obtainToken(baseURL, client("limited"), "alice@example.com");
    const wide = await resign(token, { claims: { scope: "rooms:create rooms:list rooms:delete" } });
    expect(await ask(wide)).toMatchObject({ status: 200, json: { scopes: ["rooms:create", "rooms:list"] } });
  });

  test("refuses no token, a broken one, one for another audience and one that is over", async () => {
    const token = await obtainToken(baseURL, client("full"), "alice@example.com");
    const past = Math.floor(Date.now() / 1_000) - 7_200;
    for (const worthless of [
      "abc",
      `${token.slice(0, -4)}AAAA`,
      await resign(token, { claims: { aud: "https://other.example" } }),
      await resign(token, { claims: { iat: past, nbf: past, exp: past + 60 } }),
    ]) {
      expectProblem(await ask(worthless), 401);
    }
    expectProblem(await callApi(baseURL, "", { path: PATH, headers: { Authorization: [] } }), 401);
  });

  test("has GET, HEAD and OPTIONS, and refuses the rest after asking who calls", async () => {
    const token = await obtainToken(baseURL, client("full"), "alice@example.com");
    const head = await ask(token, "HEAD");
    expect([head.status, head.text]).toEqual([200, ""]);
    for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
      const answer = await ask(token, method);
      expectProblem(answer, 405);
      expect(answer.headers.allow).toBe("GET, HEAD, OPTIONS");
      expectProblem(await ask("abc", method), 401);
    }
    expect((await ask("", "OPTIONS")).headers.allow).toBe("GET, HEAD, OPTIONS");
  });
});
