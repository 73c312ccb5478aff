import { expect, test } from "@playwright/test";
import { contractOf } from "../support/api-contract";
import { client } from "../support/clients";
import { send } from "../support/http-client";
import { postForm, tokenForm } from "../support/oauth-requests";
import { baseUrl } from "../support/server";

const baseURL = baseUrl();

// Every answer in this run is held to the published description by `send`. These show that this can fail.
test("the published description is what answers are held to, and a breach of it is seen", async () => {
  const contract = await contractOf(baseURL);
  if (contract === undefined) throw new Error("The server publishes no description.");
  const { json: _json, ...answer } = await postForm(baseURL, tokenForm(client("full"), "ana@example.com"));
  const method = "POST";
  const path = "/api/oauth/token";
  const body = JSON.parse(answer.text) as Record<string, unknown>;
  const breaches = (changes: Partial<typeof answer>, at = { method, path }) =>
    contract({ ...at, answer: { ...answer, ...changes } });

  expect(breaches({})).toEqual([]);
  expect(breaches({ status: 418 })).toEqual([expect.stringContaining("the status is not documented")]);
  expect(breaches({}, { method: "GET", path })).toEqual([expect.stringContaining("the method is not documented")]);
  expect(breaches({ text: JSON.stringify({ ...body, refresh_token: "r" }) })).toEqual([
    expect.stringContaining("additional properties"),
  ]);
  const { scope: _scope, ...withoutScope } = body;
  expect(breaches({ text: JSON.stringify(withoutScope) })).toEqual([expect.stringContaining("'scope'")]);
  expect(breaches({ text: JSON.stringify({ ...body, expires_in: "3600" }) })).toEqual([
    expect.stringContaining("/expires_in"),
  ]);
  expect(breaches({ headers: { ...answer.headers, "content-type": "text/html" } })).toEqual([
    expect.stringContaining("undocumented media type text/html"),
  ]);
  const { "x-request-id": _id, ...headers } = answer.headers;
  expect(breaches({ headers })).toEqual([expect.stringContaining("no X-Request-Id")]);
  expect(breaches({ status: 418 }, { method, path: "/applications" })).toEqual([]);
});

test("the description is public, cacheable, and answers 304 to whoever has it", async () => {
  const answer = await send(baseURL, { path: "/api/openapi.json" });
  expect(answer.status).toBe(200);
  expect(answer.headers["content-type"]).toBe("application/json");
  expect(answer.json).toMatchObject({ openapi: "3.1.1", servers: [{ url: baseURL }] });
  const etag = String(answer.headers.etag);
  const again = await send(baseURL, { path: "/api/openapi.json", headers: { "If-None-Match": etag } });
  expect([again.status, again.text]).toEqual([304, ""]);
});
