import { randomUUID } from "node:crypto";
import { expect, test } from "@playwright/test";
import { client } from "../support/clients";
import { resign } from "../support/forge";
import type { HttpAnswer } from "../support/http-client";
import { expectProblem } from "../support/oauth-expectations";
import { callApi, obtainToken, ROOMS_PATH } from "../support/oauth-requests";
import { baseUrl } from "../support/server";

const baseURL = baseUrl();

type Room = { id: string; slug: string; name: string; url: string };
type Call = { method?: string; path?: string; body?: unknown; headers?: Record<string, string | string[]> };

const somebody = () => `writes-${randomUUID()}@example.com`;
const tokenFor = (email: string, name: "full" | "limited" = "full") => obtainToken(baseURL, client(name), email);

function call(token: string, { body, headers, ...rest }: Call = {}): Promise<HttpAnswer> {
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const type: Record<string, string> = body === undefined ? {} : { "Content-Type": "application/json" };
  return callApi(baseURL, token, { ...rest, ...sent, headers: { ...type, ...headers } });
}

const create = (token: string, body: unknown = {}, headers: Call["headers"] = {}) =>
  call(token, { method: "POST", body, headers });
const pathOf = (answer: HttpAnswer) => `${ROOMS_PATH}/${(answer.json as Room).id}`;
const countOf = async (token: string) => ((await call(token)).json as { count: number }).count;
const withKey = (key: string | string[]) => ({ "Idempotency-Key": key });

test.describe("retries over HTTP", () => {
  // Conformance: K01
  test("make one room and get the same answer twice", async () => {
    const token = await tokenFor(somebody());
    const key = withKey(`"${randomUUID()}"`);
    const [first, second] = [await create(token, {}, key), await create(token, {}, key)];
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.text).toBe(first.text);
    expect(second.headers.location).toBe(first.headers.location);
    expect(await countOf(token)).toBe(1);
  });

  // Conformance: K02
  test("with another body are refused", async () => {
    const token = await tokenFor(somebody());
    const key = withKey(`"${randomUUID()}"`);
    await create(token, {}, key);
    expectProblem(await create(token, { access_level: "restricted" }, key), 422);
    expect(await countOf(token)).toBe(1);
  });

  // Conformance: K03
  test("that come at once make one room; who comes too early is told to wait", async () => {
    const token = await tokenFor(somebody());
    const key = withKey(`"${randomUUID()}"`);
    const answers = await Promise.all(Array.from({ length: 8 }, () => create(token, {}, key)));
    for (const answer of answers.filter(({ status }) => status !== 201)) expectProblem(answer, 409);
    const made = answers.filter(({ status }) => status === 201);
    expect(new Set(made.map(({ text }) => text)).size).toBe(1);
    expect(await countOf(token)).toBe(1);
  });

  // Conformance: K04
  test("under a key that is none are refused; a bare word is a key", async () => {
    const token = await tokenFor(somebody());
    for (const key of ['"open', '"a" "b"', `"${"x".repeat(256)}"`, '"a";b=c', ['"a"', '"a"']]) {
      expectProblem(await create(token, {}, withKey(key)), 400);
    }
    expect((await create(token, {}, withKey(randomUUID()))).status).toBe(201);
    expect(await countOf(token)).toBe(1);
  });

  // Conformance: K05
  test("of somebody else, or of another application, are other requests", async () => {
    const key = withKey(`"${randomUUID()}"`);
    const email = somebody();
    const tokens = [await tokenFor(email), await tokenFor(somebody()), await tokenFor(email, "limited")];
    const ids = new Set<string>();
    for (const token of tokens) ids.add(((await create(token, {}, key)).json as Room).id);
    expect(ids.size).toBe(3);
  });

  // Conformance: K06
  test("with a token that is over, or has lost the scope, are not given the stored answer", async () => {
    const token = await tokenFor(somebody());
    const key = withKey(`"${randomUUID()}"`);
    const first = await create(token, {}, key);
    const past = Math.floor(Date.now() / 1_000) - 7_200;
    const over = await create(await resign(token, { claims: { iat: past, nbf: past, exp: past + 60 } }), {}, key);
    const narrowed = await create(await resign(token, { claims: { scope: "rooms:list" } }), {}, key);
    expectProblem(over, 401);
    expectProblem(narrowed, 403);
    for (const answer of [over, narrowed]) {
      expect(answer.text).not.toContain((first.json as Room).id);
      expect(answer.headers).not.toHaveProperty("location");
    }
    expect((await create(token, {}, key)).text).toBe(first.text);
  });
});

test.describe("changes over HTTP", () => {
  // Conformance: H08
  test("delete a room once: 204, then 404", async () => {
    const token = await tokenFor(somebody());
    const path = pathOf(await create(token));
    const deleted = await call(token, { method: "DELETE", path });
    expect([deleted.status, deleted.text]).toEqual([204, ""]);
    expectProblem(await call(token, { method: "DELETE", path }), 404);
    expectProblem(await call(token, { path }), 404);
    expect(await countOf(token)).toBe(0);
  });

  // Conformance: H09
  test("with the same tag at once are one 200 and one 412", async () => {
    const token = await tokenFor(somebody());
    const made = await create(token);
    const headers = { "If-Match": String(made.headers.etag) };
    const change = (name: string) => call(token, { method: "PATCH", path: pathOf(made), body: { name }, headers });
    const answers = await Promise.all([change("one"), change("two")]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
    for (const answer of answers.filter(({ status }) => status === 412)) expectProblem(answer, 412);
    expectProblem(await change("three"), 412);
    const { headers: now } = await call(token, { path: pathOf(made) });
    expect(now.etag).not.toBe(made.headers.etag);
    const again = { path: pathOf(made), headers: { "If-None-Match": String(now.etag) } };
    expect((await call(token, again)).status).toBe(304);
  });

  test("share a room with somebody whom nobody knew, who then sees it", async () => {
    const [token, guest] = [await tokenFor(somebody()), somebody()];
    const path = pathOf(await create(token));
    const body = { email: guest, role: "administrator" };
    const given = await call(token, { method: "POST", path: `${path}/accesses`, body });
    expect(given).toMatchObject({ status: 201, json: { email: guest, role: "administrator" } });
    const theirs = await tokenFor(guest);
    expect(await call(theirs, { method: "PATCH", path, body: { name: "Ours" } })).toMatchObject({
      status: 200,
      json: { name: "Ours" },
    });
    expectProblem(await call(theirs, { method: "DELETE", path }), 403);
    await call(token, { method: "DELETE", path: String(given.headers.location) });
    expectProblem(await call(theirs, { path }), 404);
  });

  test("find a room again by the application's own name, its slug and its link", async () => {
    const token = await tokenFor(somebody());
    const made = (await create(token, { external_id: "event/1" })).json as Room;
    await create(token);
    expect(await create(token, { external_id: "event/1" })).toMatchObject({ status: 200, json: made });
    for (const query of ["external_id=event%2F1", `slug=${made.slug}`, `url=${encodeURIComponent(made.url)}`]) {
      expect((await call(token, { path: `${ROOMS_PATH}?${query}` })).json).toMatchObject({ count: 1, results: [made] });
    }
  });

  test("walk through a list by its Link fields, each room once", async () => {
    const token = await tokenFor(somebody());
    for (let index = 0; index < 5; index += 1) await create(token);
    const seen: string[] = [];
    let path: string | undefined = `${ROOMS_PATH}?limit=2`;
    while (path !== undefined) {
      const page = await call(token, { path });
      expect(page.status).toBe(200);
      seen.push(...(page.json as { results: Room[] }).results.map(({ id }) => id));
      path = /^<([^>]+)>; rel="next"$/.exec(String(page.headers.link ?? ""))?.[1]?.slice(baseURL.length);
    }
    expect([seen.length, new Set(seen).size]).toEqual([5, 5]);
  });
});
