import { randomUUID } from "node:crypto";
import { expect, test } from "@playwright/test";
import { client } from "../support/clients";
import { send } from "../support/http-client";
import { expectProblem } from "../support/oauth-expectations";
import { callApi, obtainToken, ROOMS_PATH } from "../support/oauth-requests";
import { baseUrl } from "../support/server";

const baseURL = baseUrl();

const ALICE = "alice@example.com";
const METADATA = "/.well-known/oauth-protected-resource/api/external/rooms";
const token = (baseUrl: string, scope = ALICE) => obtainToken(baseUrl, client("full"), scope);

test.describe("bearer tokens at the external API", () => {
  for (const scheme of ["Bearer", "bearer"]) {
    // Conformance: B01
    test(`accepts a token under the scheme ${scheme}`, async () => {
      const answer = await send(baseURL, {
        path: ROOMS_PATH,
        headers: { Authorization: `${scheme} ${await token(baseURL)}` },
      });
      expect(answer.status).toBe(200);
      expect(Object.keys(answer.json as object)).toEqual(["count", "next", "previous", "results"]);
      expect(answer.headers["cache-control"]).toBe("no-store");
    });
  }

  // Conformance: B02
  test("takes a token in the query for none at all", async () => {
    const value = await token(baseURL);
    const answer = await send(baseURL, { path: `${ROOMS_PATH}?access_token=${value}` });
    expectProblem(answer, 401);
    expect(answer.headers["www-authenticate"]).not.toContain("error");
    expect(answer.text).not.toContain(value);
  });

  // Conformance: B03
  test("takes a token in a form body for none at all", async () => {
    const answer = await send(baseURL, {
      method: "POST",
      path: ROOMS_PATH,
      body: `access_token=${await token(baseURL)}`,
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
    });
    expectProblem(answer, 401);
    expect(answer.headers["www-authenticate"]).not.toContain("error");
  });

  // Conformance: B04
  test("refuses a token given in the header and in the query", async () => {
    const value = await token(baseURL);
    const answer = await callApi(baseURL, value, { path: `${ROOMS_PATH}?access_token=${value}` });
    expectProblem(answer, 400);
    expect(answer.headers["www-authenticate"]).toContain('error="invalid_request"');
    expect(answer.text).not.toContain(value);
  });

  for (const authorization of [undefined, "Basic YTpi", "Digest x"]) {
    // Conformance: B05, B06
    test(`challenges without an error when the header is ${authorization}`, async () => {
      const answer = await send(baseURL, {
        path: ROOMS_PATH,
        headers: authorization === undefined ? {} : { Authorization: authorization },
      });
      expectProblem(answer, 401);
      const challenge = String(answer.headers["www-authenticate"]);
      expect(challenge).toMatch(/^Bearer realm="[^"]+", resource_metadata="[^"]+"$/);
      expect(challenge).toContain(`resource_metadata="${baseURL}${METADATA}"`);
    });
  }

  for (const authorization of ["Bearer", "Bearer ", "Bearer a b", "Bearer %"]) {
    // Conformance: B06
    test(`refuses the malformed header "${authorization}"`, async () => {
      const answer = await send(baseURL, { path: ROOMS_PATH, headers: { Authorization: authorization } });
      expectProblem(answer, 400);
      expect(answer.headers["www-authenticate"]).toContain('error="invalid_request"');
    });
  }

  // One of each kind; the whole table is lib/oauth/access-token-verifier.{header,claims}.test.ts.
  const forged: [string, (value: string) => string][] = [
    ["a signature with another last letter", (value) => tamper(value, -2)],
    ["a payload with another letter", (value) => tamper(value, Math.floor(value.length / 2))],
    ["64 letters", () => "a".repeat(64)],
  ];
  for (const [what, forge] of forged) {
    // Conformance: B07
    test(`refuses a token with ${what}`, async () => {
      const answer = await callApi(baseURL, forge(await token(baseURL)));
      expectProblem(answer, 401);
      expect(answer.headers["www-authenticate"]).toContain('error="invalid_token"');
      expect(answer.json).toMatchObject({ detail: "The access token is invalid, expired or revoked." });
    });
  }

  // Conformance: B08
  test("names the scope that a token lacks", async () => {
    const answer = await callApi(baseURL, await token(baseURL, `${ALICE} rooms:list`), { method: "POST" });
    expectProblem(answer, 403);
    expect(answer.headers["www-authenticate"]).toContain('error="insufficient_scope"');
    expect(answer.headers["www-authenticate"]).toContain('scope="rooms:create"');
  });

  // Conformance: B08
  test("opens nothing with a token without scopes", async () => {
    const empty = await obtainToken(baseURL, client("unscoped"), ALICE);
    for (const method of ["GET", "POST"]) expectProblem(await callApi(baseURL, empty, { method }), 403);
  });

  // Conformance: B09
  test("says nothing twice in a challenge", async () => {
    for (const authorization of ["Bearer a b", "Bearer abc", "Basic x"]) {
      const answer = await send(baseURL, { path: ROOMS_PATH, headers: { Authorization: authorization } });
      const names = [...String(answer.headers["www-authenticate"]).matchAll(/([a-z_]+)="/g)].map((match) => match[1]);
      expect(new Set(names).size).toBe(names.length);
    }
  });

  // Conformance: B10
  test("asks who calls before it says whether a room or a method exists", async () => {
    for (const method of ["GET", "DELETE", "PATCH"]) {
      expectProblem(await send(baseURL, { method, path: `${ROOMS_PATH}/${randomUUID()}` }), 401);
    }
  });

  // Conformance: B12
  test("gives nothing for a cookie and sets none", async () => {
    const answer = await send(baseURL, { path: ROOMS_PATH, headers: { Cookie: "authjs.session-token=abc" } });
    expectProblem(answer, 401);
  });

  // Conformance: B12
  test("opens no page of the portal with a bearer token", async () => {
    const answer = await callApi(baseURL, await token(baseURL), { path: "/applications" });
    expect([303, 307]).toContain(answer.status);
    expect(answer.headers.location).toContain("/sign-in");
  });

  // Conformance: B13
  test("answers for somebody else's room exactly as for none", async () => {
    const created = await callApi(baseURL, await token(baseURL), { method: "POST" });
    const { id } = created.json as { id: string };
    const bob = await token(baseURL, "bob@example.com");
    const foreign = await callApi(baseURL, bob, { path: `${ROOMS_PATH}/${id}` });
    const missing = await callApi(baseURL, bob, { path: `${ROOMS_PATH}/${randomUUID()}` });
    expectProblem(foreign, 404);
    expect(foreign.text).toBe(missing.text);
  });
});

function tamper(value: string, at: number): string {
  const index = at < 0 ? value.length + at : at;
  return `${value.slice(0, index)}${value[index] === "A" ? "B" : "A"}${value.slice(index + 1)}`;
}
