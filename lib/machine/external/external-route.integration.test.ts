import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { database, inOneStatement } from "@/lib/db/client";
import { setConfig } from "@/lib/env/config";
import { createM2mApi, type M2mApi } from "@/lib/machine/m2m-api";
import { metricsSnapshot, resetMetrics } from "@/lib/observability/metrics/metrics";
import { createRoom } from "@/lib/rooms/create-room";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { errorUri } from "@/lib/testing/machine/error-uri";
import { createTestClient, type TestClient } from "@/lib/testing/machine/machine-application";
import { callExternal, obtainToken } from "@/lib/testing/machine/machine-requests";
import { testConfig } from "@/lib/testing/test-config";
import { createExternalResource, createExternalRoute } from "./external-route";

useTestDatabase();
let machine: M2mApi;
let client: TestClient;
let token: string;

beforeAll(async () => {
  setConfig(testConfig());
  machine = createM2mApi(testConfig());
  client = await createTestClient({ scopes: ["rooms:list"] });
  token = await obtainToken(machine, client);
});

const findM2mApi = () => machine;
const GET = createExternalRoute(findM2mApi)({ scope: "rooms:list", run: async () => ({ ok: true }) });
const POST = createExternalRoute(findM2mApi)({
  scope: "rooms:create",
  body: z.object({ n: z.number() }),
  run: async ({ body }) => body,
});
const others = createExternalResource(findM2mApi)({ GET });

const METADATA = 'resource_metadata="http://localhost:3000/.well-known/oauth-protected-resource/api/external/rooms"';
const BARE_CHALLENGE = `Bearer realm="vestibule", ${METADATA}`;
const NO_CREDENTIALS = {
  type: errorUri("unauthenticated"),
  title: "Unauthorized",
  status: 401,
  detail: "Authentication credentials were not provided.",
  code: "unauthenticated",
};
const PROBLEM_HEADERS = {
  "cache-control": "no-store",
  "content-type": "application/problem+json",
  "x-content-type-options": "nosniff",
};

describe("a bearer token", () => {
  // Conformance: B01
  it.each(["Bearer", "bearer", "BEARER"])("is accepted in the Authorization header as %s", async (scheme) => {
    const answer = await callExternal(GET, { headers: { Authorization: `${scheme} ${token}` } });
    expect(answer).toEqual({
      status: 200,
      text: '{"ok":true}',
      json: { ok: true },
      headers: { "cache-control": "no-store", "content-type": "application/json", "x-content-type-options": "nosniff" },
    });
  });

  const withoutCredentials: Record<string, () => Parameters<typeof callExternal>[1]> = {
    "no credentials": () => ({}),
    "a token in the query only": () => ({ path: `/api/external/rooms?access_token=${token}` }),
    "a token in the form body": () => ({
      method: "POST",
      body: new URLSearchParams({ access_token: token }),
    }),
    "Basic credentials": () => ({
      headers: { Authorization: `Basic ${btoa(`${client.clientId}:${client.secret}`)}` },
    }),
    "a session cookie": () => ({ headers: { Cookie: `authjs.session-token=${token}` } }),
    "an empty Authorization header": () => ({ headers: { Authorization: "" } }),
  };

  // Conformance: B02, B03, B05, B06, B12
  it.each(Object.entries(withoutCredentials))(
    "is asked for by a bare challenge when there is %s",
    async (_name, call) => {
      expect(await callExternal(GET, call())).toEqual({
        status: 401,
        json: NO_CREDENTIALS,
        text: JSON.stringify(NO_CREDENTIALS),
        headers: { ...PROBLEM_HEADERS, "www-authenticate": BARE_CHALLENGE },
      });
    },
  );

  // Conformance: B04
  it("sent in the header and in the query is a malformed request", async () => {
    const answer = await callExternal(GET, { token, path: `/api/external/rooms?access_token=${token}` });
    expect(answer).toMatchObject({
      status: 400,
      json: { status: 400, code: "invalid_request", detail: "The access token must be sent in exactly one way." },
    });
    expect(answer.headers["www-authenticate"]).toContain('error="invalid_request"');
    expect(answer.text).not.toContain(token);
  });

  // Conformance: B06
  it.each(["Bearer", "Bearer ", "Bearer a b", "Bearer %", "Bearer a,b"])(
    "sent as %j is a malformed request",
    async (value) => {
      const answer = await callExternal(GET, { headers: { Authorization: value } });
      expect(answer).toMatchObject({ status: 400, json: { code: "invalid_request" } });
    },
  );

  const INVALID = {
    type: errorUri("invalid_token"),
    title: "Unauthorized",
    status: 401,
    detail: "The access token is invalid, expired or revoked.",
    code: "invalid_token",
  };
  const forged: Record<string, () => string | Promise<string>> = {
    tampered: () => `${token.slice(0, -4)}AAAA`,
    unsigned: () => `${Buffer.from('{"alg":"none","typ":"at+jwt"}').toString("base64url")}.${token.split(".")[1]}.`,
    nonsense: () => "abc",
    expired: () => {
      const past = createM2mApi(testConfig(), { now: () => new Date(Date.now() - 3_700_000) });
      return obtainToken(past, client);
    },
    "of another audience": () =>
      obtainToken(createM2mApi(testConfig({ tokenAudience: "http://localhost:3000/other" })), client),
    "of another issuer": () =>
      obtainToken(createM2mApi(testConfig({ tokenIssuer: "http://localhost:3000/x" })), client),
  };

  // Conformance: B07
  it.each(Object.entries(forged))("that is %s is refused with the one text there is", async (_name, make) => {
    const description = 'error_description="The access token is invalid, expired or revoked."';
    expect(await callExternal(GET, { token: await make() })).toEqual({
      status: 401,
      json: INVALID,
      text: JSON.stringify(INVALID),
      headers: {
        ...PROBLEM_HEADERS,
        "www-authenticate": `${BARE_CHALLENGE}, error="invalid_token", ${description}`,
      },
    });
  });

  // Conformance: B08
  it("without the scope is refused and told which one is missing", async () => {
    const detail = "Insufficient permissions. Required scope: rooms:create";
    expect(await callExternal(POST, { token, method: "POST" })).toMatchObject({
      status: 403,
      json: {
        type: errorUri("insufficient_scope"),
        title: "Forbidden",
        status: 403,
        detail,
        code: "insufficient_scope",
      },
      headers: {
        "www-authenticate": `${BARE_CHALLENGE}, error="insufficient_scope", error_description="${detail}", scope="rooms:create"`,
      },
    });
  });
});

describe("the order of refusals", () => {
  // Conformance: B10
  it("is 401 before 403, 405 and 415", async () => {
    const broken = { method: "POST", body: "x", headers: { "Content-Type": "text/plain" } };
    expect((await callExternal(POST, broken)).status).toBe(401);
    expect((await callExternal(others.PUT, { method: "PUT" })).status).toBe(401);
  });

  it("is 403 before the body is looked at", async () => {
    const broken = { token, method: "POST", body: "{", headers: { "Content-Type": "application/json" } };
    expect((await callExternal(POST, broken)).status).toBe(403);
  });
});

describe("methods", () => {
  // Conformance: H01
  it("that do not exist are 405 with the real ones in Allow, for whoever has a token", async () => {
    const answer = await callExternal(others.PUT, { token, method: "PUT" });
    expect(answer).toMatchObject({
      status: 405,
      json: { status: 405, code: "method_not_allowed" },
      headers: { ...PROBLEM_HEADERS, allow: "GET, HEAD, OPTIONS" },
    });
  });

  // Conformance: H03
  it("answer OPTIONS without a token, without CORS", async () => {
    const answer = await callExternal(others.OPTIONS, {
      method: "OPTIONS",
      headers: { Origin: "https://evil.example" },
    });
    expect(answer).toEqual({
      status: 204,
      text: "",
      json: undefined,
      headers: { allow: "GET, HEAD, OPTIONS", "cache-control": "no-store" },
    });
  });

  // Conformance: H02
  it.each([undefined, "good"])("answer HEAD like GET, without a body (token %s)", async (which) => {
    const given = which === undefined ? undefined : token;
    const [get, head] = [
      await callExternal(GET, { token: given }),
      await callExternal(GET, { token: given, method: "HEAD" }),
    ];
    expect(head).toEqual({ ...get, text: "", json: undefined });
  });
});

describe("an API that is switched off", () => {
  const off = () => createM2mApi(testConfig({ externalApi: { ...testConfig().externalApi, enabled: false } }));
  const NOT_FOUND = { type: "about:blank", title: "Not Found", status: 404, detail: "Not found.", code: "not_found" };

  it("answers every call with 404, with or without a token", async () => {
    const closed = createExternalRoute(off)({ scope: "rooms:list", run: async () => "open" });
    const rest = createExternalResource(off)({ GET });
    for (const answer of [
      await callExternal(closed, { token }),
      await callExternal(closed),
      await callExternal(rest.PUT, { method: "PUT" }),
      await callExternal(rest.OPTIONS, { method: "OPTIONS" }),
    ]) {
      expect(answer).toMatchObject({ status: 404, json: NOT_FOUND });
    }
  });
});

it("counts refusals by their reason", async () => {
  resetMetrics();
  await callExternal(GET);
  await callExternal(GET, { token: "abc" });
  expect(await metricsSnapshot()).toEqual({
    'vestibule_external_refused_total{reason="no_credentials"}': 1,
    'vestibule_external_refused_total{reason="not_compact_jws"}': 1,
  });
});

describe("an application that is deleted while its call runs", () => {
  it("is told so instead of that the server failed, and leaves no room", async () => {
    const doomed = await createTestClient({ scopes: ["rooms:create"] });
    const create = createExternalRoute(findM2mApi)({
      scope: "rooms:create",
      async run(_input, call) {
        const data = { isActive: false, deletedAt: new Date() };
        await database().application.update({ where: { id: call.actor.id }, data, select: { id: true } });
        return inOneStatement((store) => createRoom(store, call, {}));
      },
    });
    const before = await database().room.count();
    const answer = await callExternal(create, { method: "POST", token: await obtainToken(machine, doomed) });
    expect(answer).toMatchObject({
      status: 401,
      json: { status: 401, code: "invalid_token", detail: "The access token is invalid, expired or revoked." },
    });
    expect(await database().room.count()).toBe(before);
  });
});
