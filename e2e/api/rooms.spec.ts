import { expect, test } from "@playwright/test";
import { client } from "../support/clients";
import { expectProblem } from "../support/oauth-expectations";
import { callApi, obtainToken, ROOMS_PATH } from "../support/oauth-requests";
import { baseUrl } from "../support/server";

const baseURL = baseUrl();

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const SLUG = /^[a-z]{3}-[a-z]{4}-[a-z]{3}$/;

type Room = { id: string; slug: string; name: string; url: string };

let people = 0;
/** A person nobody else in this run has rooms for. */
const somebody = () => `rooms-${process.pid}-${++people}@example.com`;
const tokenFor = (baseUrl: string, email: string) => obtainToken(baseUrl, client("full"), email);
const create = (baseUrl: string, token: string, body?: unknown) =>
  callApi(baseUrl, token, {
    method: "POST",
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } }),
  });

test.describe("rooms over HTTP", () => {
  test("creates a room from an empty request with secure defaults", async () => {
    const answer = await create(baseURL, await tokenFor(baseURL, somebody()));
    const room = answer.json as Room;
    expect(answer.status).toBe(201);
    expect(room).toEqual({
      id: expect.stringMatching(UUID),
      name: room.slug,
      slug: expect.stringMatching(SLUG),
      access_level: "trusted",
      configuration: {},
      url: `${baseURL}/r/${room.slug}`,
    });
    expect(answer.headers.location).toBe(`${ROOMS_PATH}/${room.id}`);
    expect(answer.headers["content-type"]).toMatch(/^application\/json/);
  });

  test("ignores an id, a name and a slug that the client chose", async () => {
    const chosen = { id: "00000000-0000-0000-0000-000000000000", name: "mine", slug: "mine" };
    const answer = await create(baseURL, await tokenFor(baseURL, somebody()), chosen);
    expect(answer.status).toBe(201);
    expect(answer.json).toMatchObject({
      slug: expect.stringMatching(SLUG),
      id: expect.not.stringContaining("00000000"),
    });
  });

  test("keeps the access level and the configuration that it was given", async () => {
    const body = {
      access_level: "restricted",
      configuration: { can_publish_sources: ["camera", "microphone"], everyone_can_mute: false },
    };
    const answer = await create(baseURL, await tokenFor(baseURL, somebody()), body);
    expect(answer.json).toMatchObject(body);
  });

  const refused: [string, unknown, string][] = [
    ["a public room", { access_level: "public" }, "access_level"],
    ["an unknown access level", { access_level: "open" }, "access_level"],
    ["an unknown configuration key", { configuration: { colour: "blue" } }, "configuration"],
    ["an unknown source", { configuration: { can_publish_sources: ["smell"] } }, "configuration"],
    ["a configuration that is a list", { configuration: [] }, "configuration"],
  ];
  for (const [what, body, field] of refused) {
    test(`refuses ${what}, names the field and stores nothing`, async () => {
      const token = await tokenFor(baseURL, somebody());
      const answer = await create(baseURL, token, body);
      expectProblem(answer, 400);
      expect(JSON.stringify((answer.json as Record<string, unknown>)[field])).toBeDefined();
      expect((await callApi(baseURL, token)).json).toMatchObject({ count: 0 });
    });
  }

  test("refuses a body that is not JSON and one that is too large", async () => {
    const token = await tokenFor(baseURL, somebody());
    const post = (body: string, type: string) =>
      callApi(baseURL, token, { method: "POST", body, headers: { "Content-Type": type } });
    expectProblem(await post("{", "application/json"), 400);
    expectProblem(await post("{}", "text/plain"), 415);
    expectProblem(await post(JSON.stringify({ name: "x".repeat(65 * 1024) }), "application/json"), 413);
  });

  test("lists only rooms in which the person has a role", async () => {
    const [alice, bob] = [await tokenFor(baseURL, somebody()), await tokenFor(baseURL, somebody())];
    const mine = (await create(baseURL, alice)).json as Room;
    await create(baseURL, bob);
    const list = await callApi(baseURL, alice);
    expect(list.json).toEqual({ count: 1, next: null, previous: null, results: [mine] });
  });

  test("pages by twenty with links that work", async () => {
    const token = await tokenFor(baseURL, somebody());
    for (let made = 0; made < 21; made += 1) await create(baseURL, token);
    const first = (await callApi(baseURL, token)).json as { next: string; results: Room[] };
    expect(first).toMatchObject({ count: 21, next: `${baseURL}${ROOMS_PATH}?page=2`, previous: null });
    expect(first.results).toHaveLength(20);
    expect(first.results.map((room) => room.name)).toEqual(first.results.map((room) => room.name).sort());
    const second = await callApi(baseURL, token, { path: first.next.slice(baseURL.length) });
    expect(second.json).toMatchObject({ count: 21, next: null, results: [expect.anything()] });
    expectProblem(await callApi(baseURL, token, { path: `${ROOMS_PATH}?page=3` }), 404);
  });

  test("retrieves a room by its id and by nothing else", async () => {
    const token = await tokenFor(baseURL, somebody());
    const room = (await create(baseURL, token)).json as Room;
    expect((await callApi(baseURL, token, { path: `${ROOMS_PATH}/${room.id}` })).json).toEqual(room);
    expectProblem(await callApi(baseURL, token, { path: `${ROOMS_PATH}/${room.slug}` }), 404);
  });

  test("hands out a link that opens and does not answer to a made-up one", async ({ page }) => {
    const room = (await create(baseURL, await tokenFor(baseURL, somebody()))).json as Room;
    expect((await page.goto(room.url))?.status()).toBe(200);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    expect((await page.goto(`${baseURL}/r/aaa-aaaa-aaa`))?.status()).toBe(404);
  });

  for (const method of ["PUT", "DELETE", "PATCH"]) {
    test(`answers ${method} on the collection with the methods that exist`, async () => {
      const answer = await callApi(baseURL, await tokenFor(baseURL, somebody()), { method });
      expectProblem(answer, 405);
      expect(answer.headers.allow).toBe("GET, HEAD, POST, OPTIONS");
    });
  }
});
