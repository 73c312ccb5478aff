import { randomUUID } from "node:crypto";
import { expect, test } from "@playwright/test";
import { type ClientName, client } from "../../support/clients";
import { resign } from "../../support/forge";
import type { HttpAnswer } from "../../support/http-client";
import { callApi, obtainToken } from "../../support/oauth-requests";
import { baseUrl } from "../../support/server";

const baseURL = baseUrl();
const PATH = "/external-api/v1.0/rooms/";
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const SLUG = /^[a-z]{3}-[a-z]{4}-[a-z]{3}$/;

type Room = { id: string; name: string; slug: string; access_level: string; configuration: object };

const somebody = () => `compatible-${randomUUID()}@example.com`;
const tokenFor = (email = somebody(), name: ClientName = "full") => obtainToken(baseURL, client(name), email);

function call(
  token: string,
  { method = "GET", path = PATH, body }: { method?: string; path?: string; body?: unknown } = {},
) {
  const sent =
    body === undefined ? {} : { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } };
  return callApi(baseURL, token, { method, path, ...sent });
}

const create = (token: string, body?: unknown) => call(token, { method: "POST", body });
const roomOf = ({ json }: HttpAnswer) => json as Room;
const pathOf = (answer: HttpAnswer) => `${PATH}${roomOf(answer).id}/`;

function expectRefusal(answer: HttpAnswer, status: number, body: unknown): void {
  expect({ status: answer.status, body: answer.json }).toEqual({ status, body });
  expect(answer.headers["content-type"]).toBe("application/json");
  expect(answer.headers["cache-control"]).toBe("no-store");
  expect(answer.headers.location).toBeUndefined();
  if (status !== 401) return;
  expect(answer.headers["www-authenticate"]).toMatch(/^Bearer realm=/);
  // What there is of it is about our own path.
  expect(answer.headers["www-authenticate"]).not.toContain("resource_metadata");
}

test.describe("rooms at the paths of La Suite Meet", () => {
  test("are made by an empty request, with exactly its members and secure defaults", async () => {
    const answer = await create(await tokenFor());
    const room = roomOf(answer);
    expect({ status: answer.status, body: room }).toEqual({
      status: 201,
      body: {
        id: expect.stringMatching(UUID),
        name: room.slug,
        slug: expect.stringMatching(SLUG),
        access_level: "trusted",
        configuration: {},
        url: `${baseURL}/r/${room.slug}`,
      },
    });
    expect(answer.headers.location).toBe(pathOf(answer));
  });

  test("are made by a request without a body, whatever its media type says", async () => {
    const token = await tokenFor();
    for (const type of ["application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x"]) {
      for (const path of [PATH, "/api/external/rooms"]) {
        const headers = { "Content-Type": type };
        expect((await callApi(baseURL, token, { method: "POST", path, headers })).status).toBe(201);
        expect((await callApi(baseURL, token, { method: "POST", path, headers, body: "" })).status).toBe(201);
      }
    }
  });

  test("ignore id, name, slug, PIN and whatever else a client chooses", async () => {
    const id = randomUUID();
    const chosen = { id, name: "mine", slug: "mine", pin_code: "1", external_id: "x", attendees: ["a@example.com"] };
    const room = roomOf(await create(await tokenFor(), chosen));
    expect(room.slug).toMatch(SLUG);
    expect(room.name).toBe(room.slug);
    expect(room.id).not.toBe(id);
    expect(Object.keys(room).sort()).toEqual(["access_level", "configuration", "id", "name", "slug", "url"]);
  });

  test("keep the access level and the configuration, and belong to the person", async () => {
    const email = somebody();
    const body = {
      access_level: "restricted",
      configuration: { can_publish_sources: ["camera"], everyone_can_mute: true },
    };
    const made = await create(await tokenFor(email), body);
    expect(made.json).toMatchObject(body);
    // The same room at our own path: one door more, not another house.
    const own = await call(await tokenFor(email), { path: `/api/external/rooms/${roomOf(made).id}` });
    expect(own.text).toBe(made.text);
  });

  test("are listed by name, twenty to a page, with links to the same path and nothing of other people", async () => {
    const email = somebody();
    const token = await tokenFor(email);
    const made = [];
    for (let index = 0; index < 21; index += 1) made.push(roomOf(await create(token)));
    await create(await tokenFor());
    const first = (await call(token)).json as { results: Room[] };
    expect(first).toEqual({
      count: 21,
      next: `${baseURL}${PATH}?page=2`,
      previous: null,
      results: expect.any(Array),
    });
    const last = (await call(token, { path: `${PATH}?page=2&page_size=5&unknown=1` })).json as { results: Room[] };
    expect(last).toMatchObject({ count: 21, next: null, previous: expect.stringMatching(`^${baseURL}${PATH}`) });
    const names = [...first.results, ...last.results].map(({ name }) => name);
    expect(names).toEqual(made.map(({ name }) => name).sort());
  });

  test("are read, changed and deleted, with and without the slash at the end", async () => {
    const token = await tokenFor();
    const made = await create(token);
    for (const path of [pathOf(made), pathOf(made).slice(0, -1)]) {
      expect(await call(token, { path })).toMatchObject({ status: 200, json: { id: roomOf(made).id } });
      const configuration = path.endsWith("/") ? { can_publish_sources: ["camera"] } : { everyone_can_mute: false };
      const level = { configuration, access_level: path.endsWith("/") ? "restricted" : "trusted", name: "ignored" };
      const changed = await call(token, { method: "PATCH", path, body: level });
      expect([changed.status, roomOf(changed).access_level]).toEqual([200, level.access_level]);
      // The whole of it, not a patch: the second has nothing of the first.
      expect(roomOf(changed).configuration).toEqual(configuration);
      expect(roomOf(changed).name).toBe(roomOf(made).name);
    }
    expect((await call(token, { path: PATH.slice(0, -1) })).status).toBe(200);
    expect((await call(token, { path: PATH.slice(0, -1), method: "POST" })).status).toBe(201);
    expect((await call(token, { method: "DELETE", path: pathOf(made) })).status).toBe(204);
    expectRefusal(await call(token, { path: pathOf(made) }), 404, { detail: "No Room matches the given query." });
  });
});

test.describe("rooms at the paths of La Suite Meet refuse", () => {
  test("a public room under the field's name", async () => {
    const answer = await create(await tokenFor(), { access_level: "public" });
    expectRefusal(answer, 400, { access_level: ["Public rooms are disabled for the external API."] });
  });

  test("an unknown member of the configuration", async () => {
    const answer = await create(await tokenFor(), { configuration: { recording: true } });
    expectRefusal(answer, 400, { configuration: [expect.stringContaining("Extra inputs are not permitted")] });
  });

  test("an unknown access level and a source that does not exist, each under its name", async () => {
    const body = { access_level: "open", configuration: { can_publish_sources: ["smell"] } };
    const { status, json } = await create(await tokenFor(), body);
    expect([status, Object.keys(json as object).sort()]).toEqual([400, ["access_level", "configuration"]]);
  });

  test("another media type", async () => {
    const headers = { "Content-Type": "text/plain" };
    const answer = await callApi(baseURL, await tokenFor(), { method: "POST", path: PATH, body: "{}", headers });
    expectRefusal(answer, 415, { detail: "Unsupported media type in request." });
  });

  test("a page that does not exist", async () => {
    expectRefusal(await call(await tokenFor(), { path: `${PATH}?page=2` }), 404, { detail: "Invalid page." });
  });

  test("a room by its slug, one of somebody else and one that never was, all with the same answer", async () => {
    const made = await create(await tokenFor());
    const token = await tokenFor();
    for (const key of [roomOf(made).slug, roomOf(made).id, randomUUID()]) {
      const answer = await call(token, { path: `${PATH}${key}/` });
      expectRefusal(answer, 404, { detail: "No Room matches the given query." });
    }
  });

  test("a scope that the token lacks by its name, and a token without scopes without one", async () => {
    const limited = await tokenFor(somebody(), "limited");
    const path = `${PATH}${randomUUID()}/`;
    for (const [method, scope] of [
      ["GET", "rooms:retrieve"],
      ["PATCH", "rooms:update"],
      ["DELETE", "rooms:delete"],
    ] as const) {
      const answer = await call(limited, { method, path });
      expectRefusal(answer, 403, { detail: `Insufficient permissions. Required scope: ${scope}` });
    }
    const unscoped = await tokenFor(somebody(), "unscoped");
    expectRefusal(await call(unscoped), 403, { detail: "Insufficient permissions." });
    expectRefusal(await create(unscoped), 403, { detail: "Insufficient permissions." });
  });

  test("a method that does not exist, but only to those who may call", async () => {
    const answer = await call(await tokenFor(), { method: "PUT", path: `${PATH}${randomUUID()}/`, body: {} });
    expect([answer.status, answer.headers.allow]).toEqual([405, "GET, HEAD, PATCH, DELETE, OPTIONS"]);
    expect((await call("nothing", { method: "PUT" })).status).toBe(401);
  });

  test("a request without credentials", async () => {
    const answer = await callApi(baseURL, "", { path: PATH, headers: { Authorization: [] } });
    expectRefusal(answer, 401, { detail: "Authentication credentials were not provided." });
  });

  const unknown = randomUUID();
  const hour = 3_600;
  const now = Math.floor(Date.now() / 1_000);
  const tokens: [string, string, (token: string) => Promise<string> | string][] = [
    [
      "that has expired",
      "Token expired.",
      (t) => resign(t, { claims: { iat: now - 2 * hour, nbf: now - 2 * hour, exp: now - hour } }),
    ],
    ["that is no JWT", "Invalid token.", () => "abc"],
    ["with a broken signature", "Invalid token.", (t) => `${t.slice(0, -4)}AAAA`],
    ["of another issuer", "Invalid token.", (t) => resign(t, { claims: { iss: "https://other.example" } })],
    ["for another audience", "Invalid token.", (t) => resign(t, { claims: { aud: "https://other.example" } })],
    ["without a client_id", "Invalid token claims.", (t) => resign(t, { claims: { client_id: undefined } })],
    ["without a user_id", "Invalid token claims.", (t) => resign(t, { claims: { user_id: undefined } })],
    ["that is not delegated", "Invalid token type.", (t) => resign(t, { claims: { delegated: false } })],
    [
      "of an application that is gone",
      "Application not found.",
      (t) => resign(t, { claims: { client_id: "gone", act: { sub: "gone" } } }),
    ],
    [
      "of an application that is switched off",
      "Application is disabled.",
      (t) => {
        const { clientId } = client("inactive");
        return resign(t, { claims: { client_id: clientId, act: { sub: clientId } } });
      },
    ],
    ["for a person who is gone", "User not found.", (t) => resign(t, { claims: { sub: unknown, user_id: unknown } })],
    ["in a header that is malformed", "Invalid token header.", () => "a b"],
  ];
  for (const [what, sentence, change] of tokens) {
    test(`a token ${what}: ${sentence}`, async () => {
      const token = await change(await tokenFor("alice@example.com"));
      expectRefusal(await call(token), 401, { detail: sentence });
    });
  }
});
