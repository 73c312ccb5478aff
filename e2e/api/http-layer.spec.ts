import { expect, test } from "@playwright/test";
import { client } from "../support/clients";
import { freshAddress, type HttpRequest, send } from "../support/http-client";
import { expectOAuthError, expectProblem } from "../support/oauth-expectations";
import { callApi, obtainToken, postForm, ROOMS_PATH, rawBasic, TOKEN_PATH, tokenForm } from "../support/oauth-requests";
import { baseUrl } from "../support/server";

const baseURL = baseUrl();
const ALICE = "alice@example.com";
const form = { "Content-Type": "application/x-www-form-urlencoded" };
const token = () => obtainToken(baseURL, client("full"), ALICE);

test.describe("HTTP at the external API", () => {
  // Conformance: H02
  test("answers HEAD with the status and the headers of GET, and no body", async () => {
    const value = await token();
    const [get, head] = [await callApi(baseURL, value), await callApi(baseURL, value, { method: "HEAD" })];
    expect(head.status).toBe(200);
    expect(head.text).toBe("");
    const stable = ({ headers }: typeof get) =>
      Object.fromEntries(
        Object.entries(headers).filter(
          ([name]) =>
            !/^(?:date|x-request-id|connection|keep-alive|transfer-encoding|content-length|ratelimit)/.test(name),
        ),
      );
    expect(stable(head)).toEqual(stable(get));
  });

  // Conformance: H03
  test("answers OPTIONS with the methods, without a token and for no other origin", async () => {
    const answer = await send(baseURL, {
      method: "OPTIONS",
      path: ROOMS_PATH,
      headers: { Origin: "https://evil.example", "Access-Control-Request-Method": "POST" },
    });
    expect(answer.status).toBe(204);
    expect(answer.headers.allow).toBe("GET, HEAD, POST, OPTIONS");
    expect(Object.keys(answer.headers).filter((name) => name.startsWith("access-control"))).toEqual([]);
  });

  for (const type of ["text/plain", "application/x-www-form-urlencoded", "application/json-seq", "", "json"]) {
    // Conformance: H04
    test(`refuses a body of the type "${type}" and names what it accepts`, async () => {
      const headers: Record<string, string> = type === "" ? {} : { "Content-Type": type };
      const answer = await callApi(baseURL, await token(), { method: "POST", body: "{}", headers });
      expectProblem(answer, 415);
      expect(answer.headers["accept-post"]).toBe("application/json");
    });
  }

  // Conformance: H07
  test("answers a created room with 201 and its address, which opens", async () => {
    const value = await token();
    const answer = await callApi(baseURL, value, { method: "POST" });
    const { id } = answer.json as { id: string };
    expect(answer.status).toBe(201);
    expect(answer.headers.location).toBe(`${ROOMS_PATH}/${id}`);
    expect((await callApi(baseURL, value, { path: String(answer.headers.location) })).json).toEqual(answer.json);
  });

  for (const accept of ["text/html", "application/xml;q=1, */*;q=0", "image/png"]) {
    // Conformance: H10
    test(`answers in JSON although ${accept} is asked for`, async () => {
      const good = await callApi(baseURL, await token(), { headers: { Accept: accept } });
      expect(good.status).toBe(200);
      expect(good.headers["content-type"]).toMatch(/^application\/json/);
      expectProblem(await send(baseURL, { path: ROOMS_PATH, headers: { Accept: accept } }), 401);
      expectOAuthError(await postForm(baseURL, "", { headers: { Accept: accept } }), 400, "invalid_request");
    });
  }

  const unauthorized: [string, HttpRequest, RegExp][] = [
    ["no token", { path: ROOMS_PATH }, /^Bearer /],
    ["a token that is none", { path: ROOMS_PATH, headers: { Authorization: "Bearer x" } }, /^Bearer /],
    ["no token for one room", { path: `${ROOMS_PATH}/1` }, /^Bearer /],
    ["no token and a method that is not there", { path: ROOMS_PATH, method: "PUT" }, /^Bearer /],
    ...["/api/oauth/token", "/api/oauth/revoke", "/api/oauth/introspect"].map((path): [string, HttpRequest, RegExp] => [
      `wrong credentials at ${path}`,
      {
        path,
        method: "POST",
        headers: { ...form, Authorization: rawBasic("none:wrong") },
        body: "grant_type=client_credentials&scope=a%40example.com&token=x",
      },
      /^Basic /,
    ]),
  ];
  for (const [what, request, challenge] of unauthorized) {
    // Conformance: H06
    test(`answers ${what} with 401 and a challenge`, async () => {
      const answer = await send(baseURL, request);
      expect(answer.status).toBe(401);
      expect(answer.headers["www-authenticate"]).toMatch(challenge);
    });
  }

  // Conformance: M05
  test("leads from a 401 to a description of the very address that was called", async () => {
    const refused = await send(baseURL, { path: ROOMS_PATH });
    const [, address = ""] = /resource_metadata="([^"]+)"/.exec(String(refused.headers["www-authenticate"])) ?? [];
    expect(address.startsWith(`${baseURL}/`)).toBe(true);
    const described = await send(baseURL, { path: address.slice(baseURL.length) });
    expect(described.status).toBe(200);
    // RFC 9728 §3.3
    expect(described.json).toMatchObject({ resource: `${baseURL}${ROOMS_PATH}` });
  });

  const problems: [string, () => Promise<Partial<HttpRequest>>, number][] = [
    ["a room that is not there", async () => ({ path: `${ROOMS_PATH}/nonsense'--` }), 404],
    [
      "a broken body",
      async () => ({ method: "POST", body: "{", headers: { "Content-Type": "application/json" } }),
      400,
    ],
    ["a page that is not there", async () => ({ path: `${ROOMS_PATH}?page=99` }), 404],
    ["a method that is not there", async () => ({ method: "DELETE" }), 405],
  ];
  for (const [what, request, status] of problems) {
    // Conformance: E01, E02
    test(`explains ${what} in a problem document with the true status and nothing of the inside`, async () => {
      const answer = await callApi(baseURL, await token(), await request());
      expectProblem(answer, status);
      const problem = answer.json as { type: string; title: string };
      // RFC 9457 §4.2.1: a type that says no more than the status has the title of the status.
      if (problem.type === "about:blank") expect(problem.title).toBe(TITLES[status]);
      expect(answer.text).not.toMatch(/select |prisma|postgres|node_modules|at .+:\d+:\d+|nonsense/i);
    });
  }
});

const TITLES: Record<number, string> = { 400: "Bad Request", 404: "Not Found", 405: "Method Not Allowed" };

test("an address of machines that is not there is answered in JSON, in the dialect of its prefix", async () => {
  const kinds: [string, string][] = [
    ["/api/external/nope", "application/problem+json"],
    ["/api/oauth/authorize", "application/json"],
    ["/external-api/v1.0/", "application/json"],
    ["/.well-known/openid-configuration", "application/problem+json"],
  ];
  for (const [path, type] of kinds) {
    const { status, headers, text } = await send(baseURL, { path });
    expect([path, status, headers["content-type"]]).toEqual([path, 404, type]);
    expect(text.length).toBeLessThan(400);
  }
});

test.describe("errors of the token endpoint", () => {
  const REGISTERED = [
    "invalid_request",
    "invalid_client",
    "invalid_grant",
    "unauthorized_client",
    "unsupported_grant_type",
    "invalid_scope",
    "invalid_target",
    "temporarily_unavailable",
  ];
  const CANARY = "canary<script>";
  const requests: [string, HttpRequest][] = [
    ["nothing at all", { path: TOKEN_PATH, method: "POST", headers: form, body: "" }],
    ["another method", { path: TOKEN_PATH, method: "PUT" }],
    [
      "another media type",
      { path: TOKEN_PATH, method: "POST", headers: { "Content-Type": "text/plain" }, body: CANARY },
    ],
    ["a large body", { path: TOKEN_PATH, method: "POST", headers: form, body: `a=${"x".repeat(17 * 1024)}` }],
    [
      "an encoded body",
      { path: TOKEN_PATH, method: "POST", headers: { ...form, "Content-Encoding": "gzip" }, body: "x" },
    ],
    [
      "broken JSON",
      { path: TOKEN_PATH, method: "POST", headers: { "Content-Type": "application/json" }, body: `{"${CANARY}` },
    ],
    [
      "an unknown client",
      {
        path: TOKEN_PATH,
        method: "POST",
        headers: form,
        body: `grant_type=client_credentials&client_id=${encodeURIComponent(CANARY)}&client_secret=x`,
      },
    ],
    [
      "an unknown grant type",
      { path: TOKEN_PATH, method: "POST", headers: form, body: `grant_type=${encodeURIComponent(CANARY)}` },
    ],
  ];
  for (const [what, request] of requests) {
    // Conformance: E03, N42
    test(`${what} is answered with an OAuth error that repeats nothing`, async () => {
      const answer = await send(baseURL, request);
      const body = answer.json as Record<string, string>;
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.headers["content-type"]).toMatch(/^application\/json/);
      expect(REGISTERED).toContain(body.error);
      expect(body.error_description).toMatch(/^[\x20\x21\x23-\x5B\x5D-\x7E]+$/);
      expect(body).not.toHaveProperty("title");
      expect(answer.text).not.toContain("canary");
    });
  }

  // Conformance: N45
  test("too many failures from one place are answered with 429 and the time to wait", async () => {
    const from = freshAddress();
    const guess = () => postForm(baseURL, tokenForm({ clientId: "guessed", clientSecret: "wrong" }, ALICE), { from });
    for (let attempt = 0; attempt < 20; attempt += 1) expect((await guess()).status).toBe(401);
    const answer = await guess();
    expectOAuthError(answer, 429, "temporarily_unavailable");
    expect(Number(answer.headers["retry-after"])).toBeGreaterThan(0);
    expect(Number(answer.headers["retry-after"])).toBeLessThanOrEqual(60);
  });
});
