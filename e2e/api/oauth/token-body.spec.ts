import { expect, test } from "@playwright/test";
import { client } from "../../support/clients";
import { send } from "../../support/http-client";
import { expectOAuthError, expectToken } from "../../support/oauth-expectations";
import { basic, postForm, TOKEN_PATH, tokenForm } from "../../support/oauth-requests";
import { baseUrl } from "../../support/server";

const baseURL = baseUrl();

const SCOPE = "alice@example.com";
const GRANTED = "rooms:create rooms:list";
const form = (more: Record<string, string> = {}) => tokenForm(client("limited"), SCOPE, more);
const post = (baseUrl: string, contentType: string | undefined, body: string | Buffer) =>
  send(baseUrl, {
    method: "POST",
    path: TOKEN_PATH,
    body,
    headers: contentType ? { "Content-Type": contentType } : {},
  });
const json = (members: Record<string, unknown>) => {
  const { clientId, clientSecret } = client("limited");
  const ordinary = { grant_type: "client_credentials", client_id: clientId, client_secret: clientSecret, scope: SCOPE };
  return JSON.stringify({ ...ordinary, ...members });
};

test.describe("the token request over HTTP", () => {
  // Conformance: N12
  test("takes an empty grant_type for a missing one", async () => {
    expectOAuthError(await postForm(baseURL, form({ grant_type: "" })), 400, "invalid_request");
  });

  // Conformance: N13
  test("refuses right credentials in the query", async () => {
    const { clientId, clientSecret } = client("limited");
    const path = `${TOKEN_PATH}?client_id=${clientId}&client_secret=${clientSecret}`;
    const answer = await send(baseURL, {
      method: "POST",
      path,
      body: `grant_type=client_credentials&scope=${SCOPE}`,
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
    });
    expectOAuthError(answer, 400, "invalid_request", [clientSecret]);
  });

  for (const query of ["grant_type=client_credentials", "scope=alice@example.com"]) {
    // Conformance: N14
    test(`refuses ${query.split("=")[0]} in the query`, async () => {
      const answer = await send(baseURL, {
        method: "POST",
        path: `${TOKEN_PATH}?${query}`,
        body: form(),
        headers: { "Content-Type": "application/x-www-form-urlencoded" },
      });
      expectOAuthError(answer, 400, "invalid_request");
    });
  }

  for (const extra of ["foo=bar", "__proto__=x", "constructor=y", "foo=1&foo=2"]) {
    // Conformance: N17, N19
    test(`ignores the unknown ${extra}`, async () => {
      expectToken(await postForm(baseURL, `${form()}&${extra}`), GRANTED);
    });
  }

  for (const twice of ["scope=alice@example.com", "grant_type=client_credentials", "client_id=x"]) {
    // Conformance: N18
    test(`refuses ${twice.split("=")[0]} given twice`, async () => {
      expectOAuthError(await postForm(baseURL, `${form()}&${twice}`), 400, "invalid_request");
    });
  }

  // Conformance: N21
  test("accepts a form that names its charset", async () => {
    expectToken(await post(baseURL, "application/x-www-form-urlencoded; charset=UTF-8", form()), GRANTED);
  });

  // Conformance: N22
  test("accepts a JSON body of strings", async () => {
    expectToken(await post(baseURL, "application/json", json({})), GRANTED);
  });

  // One of each kind; the whole table is lib/oauth/token-endpoint.body.test.ts.
  const badJson: [string, () => string][] = [
    ["a repeated member", () => `${json({}).slice(0, -1)},"scope":"bob@example.com"}`],
    ["an object as client_id", () => json({ client_id: { startsWith: "a" } })],
    ["half a document", () => json({}).slice(0, -1)],
  ];
  for (const [what, body] of badJson) {
    // Conformance: N23
    test(`refuses ${what} in JSON`, async () => {
      const answer = await post(baseURL, "application/json", body());
      expectOAuthError(answer, 400, "invalid_request", [client("limited").clientSecret]);
    });
  }

  for (const type of ["multipart/form-data; boundary=x", undefined]) {
    // Conformance: N24
    test(`refuses the content type ${type ?? "that is missing"}`, async () => {
      const answer = await post(baseURL, type, form());
      expectOAuthError(answer, 415, "invalid_request");
      expect(answer.headers["accept-post"]).toBe("application/x-www-form-urlencoded, application/json");
    });
  }

  test("refuses a compressed body: it is never unpacked", async () => {
    const answer = await postForm(baseURL, form(), { headers: { "Content-Encoding": "gzip" } });
    expectOAuthError(answer, 415, "invalid_request");
  });

  // Conformance: N44
  test("refuses a body over 16 KiB, whatever comes first in it", async () => {
    const answer = await postForm(baseURL, `${form()}&padding=${"x".repeat(16 * 1024)}`);
    expectOAuthError(answer, 413, "invalid_request");
  });

  // Conformance: N44
  test("goes on serving after one", async () => {
    await postForm(baseURL, "x".repeat(64 * 1024));
    const headers = { Authorization: basic(client("limited")) };
    expectToken(await postForm(baseURL, `grant_type=client_credentials&scope=${SCOPE}`, { headers }), GRANTED);
  });
});
