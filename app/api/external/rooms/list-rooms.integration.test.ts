import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { setConfig } from "@/lib/env/config";
import { m2mApi } from "@/lib/machine/m2m-api";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { createTestClient, createTestPerson, type TestClient } from "@/lib/testing/machine/machine-application";
import { type Answer, callExternal, memberOf, obtainToken } from "@/lib/testing/machine/machine-requests";
import { createTestRoom } from "@/lib/testing/machine/machine-rooms";
import { testConfig } from "@/lib/testing/test-config";
import { GET, POST } from "./route";

useTestDatabase();
const URL_OF_LIST = "http://localhost:3000/api/external/rooms";
let client: TestClient;
let person: { id: string; email: string };
let token: string;

beforeAll(async () => {
  setConfig(testConfig());
  client = await createTestClient();
});

beforeEach(async () => {
  person = await createTestPerson();
  token = await signInAs(person.email);
});

afterAll(() => setConfig(undefined));

function signInAs(email: string, as = client): Promise<string> {
  return obtainToken(m2mApi(), as, { fields: { scope: email } });
}

function list(query: string, as = token): Promise<Answer> {
  return callExternal(GET, { token: as, path: `/api/external/rooms${query}` });
}

function create(body: unknown, as = token): Promise<Answer> {
  const headers = { "Content-Type": "application/json" };
  return callExternal(POST, { token: as, method: "POST", body: JSON.stringify(body), headers });
}

const room = (overrides: Parameters<typeof createTestRoom>[1] = {}) =>
  createTestRoom(person.id, { createdByApplicationId: client.id, ...overrides });

function idsOf({ json }: Answer): unknown[] {
  const results = memberOf(json, "results");
  return Array.isArray(results) ? results.map((result) => memberOf(result, "id")) : [];
}

/** The query of the next page; undefined at the end. */
function nextOf({ json }: Answer): string | undefined {
  const next = memberOf(json, "next");
  return typeof next === "string" ? next.slice(URL_OF_LIST.length) : undefined;
}

describe("pages by cursor", () => {
  it("go from the newest room to the oldest, each once, while rooms are made and deleted", async () => {
    const made: string[] = [];
    // Three rooms in each moment: the order must be complete without it.
    for (let index = 0; index < 9; index += 1) {
      made.unshift((await room({ createdAt: new Date(Date.UTC(2026, 0, 1 + Math.floor(index / 3))) })).id);
    }
    const first = await list("?limit=4");
    await room({ createdAt: new Date(Date.UTC(2026, 5, 1)) });
    const second = await list(nextOf(first) ?? "");
    const third = await list(nextOf(second) ?? "");
    expect([first, second, third].map((page) => idsOf(page).length)).toEqual([4, 4, 1]);
    expect([first, second, third].flatMap(idsOf)).toEqual(made);
    expect(third.json).toEqual({ next: null, results: [expect.anything()] });
    expect(third.headers).not.toHaveProperty("link");
  });

  it("link to the next one in a header too, with everything that makes the list this one", async () => {
    for (let index = 0; index < 3; index += 1) await room({ accessLevel: "restricted" });
    const query = "?limit=2&access_level=restricted&updated_since=2020-01-01T00:00:00Z&include=details&created_by=me";
    const first = await list(query);
    expect(first.headers.link).toBe(`<${URL_OF_LIST}${nextOf(first)}>; rel="next"`);
    const parameters = Object.fromEntries(new URLSearchParams(nextOf(first)));
    expect(parameters).toEqual({
      limit: "2",
      cursor: expect.stringMatching(/^[\w-]{40}$/),
      access_level: "restricted",
      updated_since: "2020-01-01T00:00:00.000Z",
      include: "details",
      created_by: "me",
    });
    const second = await list(nextOf(first) ?? "");
    expect(memberOf(second.json, "results")).toEqual([expect.objectContaining({ role: "owner", attendees: [] })]);
  });

  it("have 20 rooms when only the cursor says so, and at most 100", async () => {
    expect((await list("?limit=1000")).json).toEqual({ next: null, results: [] });
  });

  it("refuse a cursor that was changed, or belongs to other filters or to somebody else", async () => {
    for (let index = 0; index < 3; index += 1) await room();
    const next = nextOf(await list("?limit=1")) ?? "";
    const changed = next.replace(/cursor=(.)/, (_all, character) => `cursor=${character === "A" ? "B" : "A"}`);
    const stranger = await signInAs((await createTestPerson()).email);
    for (const answer of [
      await list(changed),
      await list(`${next}&access_level=trusted`),
      await list(next, stranger),
    ]) {
      expect(answer).toMatchObject({
        status: 400,
        json: { cursor: ["Must be a cursor of this list."], status: 400, code: "invalid" },
      });
    }
    expect((await list(next)).status).toBe(200);
  });
});

describe("filters", () => {
  it("find the room of an external id, among those this application made", async () => {
    const own = await room({ externalId: "event-1" });
    await room({ externalId: "event-2" });
    await createTestRoom(person.id, { externalId: "event-1" });
    expect(idsOf(await list("?external_id=event-1"))).toEqual([own.id]);
    expect(idsOf(await list("?external_id=event-1&limit=5"))).toEqual([own.id]);
    expect(idsOf(await list("?external_id=event-3"))).toEqual([]);
    const other = await signInAs(person.email, await createTestClient());
    expect(idsOf(await list("?external_id=event-1", other))).toEqual([]);
  });

  it("find a room by its slug and by its link, for whoever has a role in it and for nobody else", async () => {
    const { id, slug } = await createTestRoom(person.id, { role: "member" });
    const stranger = await signInAs((await createTestPerson()).email);
    const link = encodeURIComponent(`http://localhost:3000/r/${slug}?lang=fr`);
    for (const query of [`?slug=${slug}`, `?url=${link}`, `?slug=${slug}&url=${link}`]) {
      expect(idsOf(await list(query))).toEqual([id]);
      expect((await list(query, stranger)).json).toEqual({ count: 0, next: null, previous: null, results: [] });
    }
    expect(idsOf(await list(`?slug=aaa-aaaa-aaa&url=${link}`))).toEqual([]);
  });

  it("leave out what another application made, what has another level, and what has not changed since", async () => {
    const own = await room({ accessLevel: "restricted", updatedAt: new Date("2026-03-01T00:00:00Z") });
    const foreign = await createTestRoom(person.id, { updatedAt: new Date("2026-02-01T00:00:00Z") });
    expect(idsOf(await list("?created_by=me"))).toEqual([own.id]);
    expect(idsOf(await list("?access_level=trusted"))).toEqual([foreign.id]);
    expect(idsOf(await list("?updated_since=2026-03-01T01:00:00%2B01:00"))).toEqual([own.id]);
    expect(idsOf(await list("?updated_since=2026-03-01T00:00:00.001Z"))).toEqual([]);
  });

  it("reach from the first moment there is to the last", async () => {
    const { id } = await room({ expiresAt: new Date("9999-12-31T23:59:59.999Z") });
    for (const more of ["", "&limit=5"]) {
      expect(idsOf(await list(`?updated_since=0001-01-01T00:00:00Z${more}`))).toEqual([id]);
      expect(idsOf(await list(`?updated_since=9999-12-31T23:59:59.999Z${more}`))).toEqual([]);
    }
  });

  it("stay in the links of numbered pages, whose size can be chosen", async () => {
    for (let index = 0; index < 3; index += 1) await room();
    await createTestRoom(person.id);
    const first = await list("?page_size=2&created_by=me");
    expect(first.json).toMatchObject({
      count: 3,
      next: `${URL_OF_LIST}?page=2&page_size=2&created_by=me`,
      previous: null,
    });
    expect((await list("?page=2&page_size=2&created_by=me")).json).toMatchObject({
      next: null,
      previous: `${URL_OF_LIST}?page_size=2&created_by=me`,
    });
  });

  const refused: [query: string, field: string][] = [
    ["?limit=0", "limit"],
    ["?limit=ten", "limit"],
    ["?page_size=-1", "page_size"],
    ["?cursor=abc", "cursor"],
    ["?page=1&limit=5", "page"],
    ["?access_level=open", "access_level"],
    ["?created_by=you", "created_by"],
    ["?updated_since=2026-01-01", "updated_since"],
    ["?updated_since=9999-12-31T23:59:59-05:00", "updated_since"],
    ["?updated_since=0000-01-01T00:00:00Z", "updated_since"],
    ["?external_id=", "external_id"],
    [`?external_id=${"x".repeat(256)}`, "external_id"],
    ["?external_id=%00", "external_id"],
    ["?slug=nonsense", "slug"],
    ["?url=https://elsewhere.example/aaa-aaaa-aaa", "url"],
    ["?url=aaa-aaaa-aaa", "url"],
    ["?include=all", "include"],
    ["?external_ids=1", "external_ids"],
  ];

  it.each(refused)("are refused under their names: %s", async (query, field) => {
    const answer = await list(query);
    expect(answer).toMatchObject({ status: 400, json: { [field]: [expect.any(String)], code: "invalid" } });
  });
});

describe("a creation with an external id", () => {
  it("makes the room once, and then returns it as it is", async () => {
    const first = await create({ external_id: "meeting", access_level: "restricted" });
    const second = await create({ external_id: "meeting", access_level: "trusted" });
    expect([first.status, second.status]).toEqual([201, 200]);
    expect(second.json).toEqual(first.json);
    expect(second.headers.location).toBe(first.headers.location);
  });

  it("makes one room, however many come at once", async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => create({ external_id: "meeting" })));
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(7).fill(200), 201]);
    expect(new Set(answers.map(({ json }) => memberOf(json, "id"))).size).toBe(1);
    expect((await list("")).json).toMatchObject({ count: 1 });
  });

  it("does not lead to the room of another person or of another application", async () => {
    const other = await createTestPerson();
    const answers = [
      await create({ external_id: "meeting" }),
      await create({ external_id: "meeting" }, await signInAs(other.email)),
      await create({ external_id: "meeting" }, await signInAs(person.email, await createTestClient())),
    ];
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
  });

  it("takes guests of any domain and a time to close, and shows them", async () => {
    const limited = await signInAs(person.email, await createTestClient({ domains: ["example.com"] }));
    const body = { expires_at: "2999-01-01T00:00:00Z", attendees: ["b@example.com", "a@other.example"] };
    const call = { token: limited, method: "POST", headers: { "Content-Type": "application/json" } };
    const path = "/api/external/rooms?include=details";
    expect((await callExternal(POST, { ...call, path, body: JSON.stringify(body) })).json).toMatchObject({
      expires_at: "2999-01-01T00:00:00.000Z",
      attendees: ["a@other.example", "b@example.com"],
    });
    for (const expires_at of ["9999-12-31T23:59:59-05:00", "0000-01-01T00:00:00Z"]) {
      expect(await create({ expires_at })).toMatchObject({
        status: 400,
        json: { expires_at: [expect.stringContaining("between 0001-01-01T00:00:00Z and 9999-12-31T23:59:59.999Z")] },
      });
    }
    expect(await create({ expires_at: "2020-01-01T00:00:00Z" })).toMatchObject({
      status: 400,
      json: { expires_at: ["Must be in the future."] },
    });
  });
});
