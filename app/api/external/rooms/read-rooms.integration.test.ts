import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { setConfig } from "@/lib/env/config";
import { m2mApi } from "@/lib/machine/m2m-api";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { errorUri } from "@/lib/testing/machine/error-uri";
import { createTestClient, createTestPerson, type TestClient } from "@/lib/testing/machine/machine-application";
import { type Answer, callExternal, memberOf, obtainToken } from "@/lib/testing/machine/machine-requests";
import { createTestRoom } from "@/lib/testing/machine/machine-rooms";
import { testConfig } from "@/lib/testing/test-config";
import { GET, PUT } from "./[roomId]/route";
import { GET as LIST } from "./route";

const ITEM = { GET, PUT };

const test = useTestDatabase();
let client: TestClient;

beforeAll(async () => {
  setConfig(testConfig());
  client = await createTestClient();
});

afterAll(() => setConfig(undefined));

async function signInAs(email: string): Promise<string> {
  return obtainToken(m2mApi(), client, { fields: { scope: email } });
}

async function list(token: string, query = ""): Promise<Answer> {
  return callExternal(LIST, { token, path: `/api/external/rooms${query}` });
}

function retrieve(token: string | undefined, roomId: string, method: "GET" | "PUT" = "GET"): Promise<Answer> {
  return callExternal(ITEM[method], { token, method, path: `/api/external/rooms/${roomId}`, params: { roomId } });
}

function slugsOf(answer: Answer): unknown[] {
  const results = memberOf(answer.json, "results");
  return Array.isArray(results) ? results.map((room) => memberOf(room, "slug")) : [];
}

describe("the list", () => {
  it("is empty for somebody without rooms, and has a first page all the same", async () => {
    const token = await signInAs("newcomer@example.com");
    expect((await list(token)).json).toEqual({ count: 0, next: null, previous: null, results: [] });
    expect((await list(token, "?page=1")).status).toBe(200);
  });

  it("holds rooms of every role and of every origin, by name, and nobody else's or deleted ones", async () => {
    const person = await createTestPerson();
    const stranger = await createTestPerson();
    const token = await signInAs(person.email);
    const [c, a, b] = [
      await createTestRoom(person.id, { name: "ccc", role: "owner" }),
      await createTestRoom(person.id, { name: "aaa", role: "member" }),
      await createTestRoom(person.id, { name: "bbb", role: "administrator" }),
    ];
    await createTestRoom(stranger.id, { name: "aab" });
    await createTestRoom(person.id, { name: "aac", deletedAt: new Date() });
    const answer = await list(token);
    expect(slugsOf(answer)).toEqual([a.slug, b.slug, c.slug]);
    expect(answer.json).toMatchObject({ count: 3, next: null, previous: null });
    expect(memberOf(answer.json, "results")).toContainEqual({
      id: a.id,
      name: "aaa",
      slug: a.slug,
      access_level: "trusted",
      configuration: {},
      url: `http://localhost:3000/r/${a.slug}`,
    });
  });

  it("has twenty rooms on a page and links to its neighbours, each room exactly once", async () => {
    const person = await createTestPerson();
    const token = await signInAs(person.email);
    const made: string[] = [];
    // One name for all: the order must be complete without it.
    for (let index = 0; index < 45; index += 1) made.push((await createTestRoom(person.id, { name: "same" })).slug);
    const pages = [await list(token), await list(token, "?page=2"), await list(token, "?page=3")];
    expect(pages.map((page) => slugsOf(page).length)).toEqual([20, 20, 5]);
    expect(new Set(pages.flatMap(slugsOf))).toEqual(new Set(made));
    const url = "http://localhost:3000/api/external/rooms";
    expect(
      pages.map(({ json }) => [memberOf(json, "count"), memberOf(json, "previous"), memberOf(json, "next")]),
    ).toEqual([
      [45, null, `${url}?page=2`],
      [45, url, `${url}?page=3`],
      [45, `${url}?page=2`, null],
    ]);
  });

  it.each(["2", "0", "-1", "1.5", "01", "", "abc", "9999999999999999999", "1;drop table rooms"])(
    "says 404 for page %j",
    async (page) => {
      const token = await signInAs("newcomer@example.com");
      const answer = await list(token, `?page=${encodeURIComponent(page)}`);
      expect(answer.status).toBe(404);
      expect(answer.json).toEqual({
        type: errorUri("page_invalid"),
        title: "Not Found",
        status: 404,
        detail: "Invalid page.",
        code: "page_invalid",
      });
    },
  );

  it("takes a page_size, and treats one that is too large as the largest", async () => {
    const token = await signInAs("newcomer@example.com");
    expect((await list(token, "?page_size=1000")).status).toBe(200);
  });

  it("refuses parameters it does not know by their names, because a misspelt filter would list everything", async () => {
    const token = await signInAs("newcomer@example.com");
    expect(await list(token, "?ordering=-name&externalid=1")).toMatchObject({
      status: 400,
      json: {
        ordering: ["Unknown name."],
        externalid: ["Unknown name."],
        status: 400,
        code: "invalid",
        detail: "ordering: Unknown name. externalid: Unknown name.",
      },
    });
    expect((await list(token, "?%3Cscript%3E=1")).text).not.toContain("script");
  });
});

describe("one room", () => {
  const NOT_FOUND = {
    type: errorUri("room_not_found"),
    title: "Not Found",
    status: 404,
    detail: "No Room matches the given query.",
    code: "room_not_found",
  };

  it.each(["owner", "administrator", "member"] as const)("is shown to its %s", async (role) => {
    const person = await createTestPerson();
    const room = await createTestRoom(person.id, { role });
    const answer = await retrieve(await signInAs(person.email), room.id);
    expect(answer.status).toBe(200);
    expect(answer.json).toEqual({
      id: room.id,
      name: room.name,
      slug: room.slug,
      access_level: "trusted",
      configuration: {},
      url: `http://localhost:3000/r/${room.slug}`,
    });
  });

  // Conformance: B13
  it("is not there for anybody else, just as one that never was", async () => {
    const [owner, stranger] = [await createTestPerson(), await createTestPerson()];
    const room = await createTestRoom(owner.id);
    const deleted = await createTestRoom(stranger.id, { deletedAt: new Date() });
    const token = await signInAs(stranger.email);
    const ids = [
      room.id,
      deleted.id,
      "0193575a-0000-7000-8000-00000000dead",
      room.slug,
      deleted.slug,
      "%00",
      "1' OR '1'='1",
    ];
    const answers = await Promise.all(ids.map((id) => retrieve(token, id)));
    for (const answer of answers) expect(answer).toEqual({ ...answers[0], status: 404, json: NOT_FOUND });
  });

  it("is not found by its slug, not even by its owner", async () => {
    const person = await createTestPerson();
    const room = await createTestRoom(person.id);
    expect((await retrieve(await signInAs(person.email), room.slug)).status).toBe(404);
  });

  // Conformance: B10
  it("tells a caller without a token nothing about its existence", async () => {
    const person = await createTestPerson();
    const room = await createTestRoom(person.id);
    const known = await retrieve(undefined, room.id);
    expect(known.status).toBe(401);
    expect(await retrieve(undefined, "0193575a-0000-7000-8000-00000000dead")).toEqual(known);
    expect(await retrieve(undefined, "nonsense", "PUT")).toEqual(known);
  });

  it("cannot be replaced as a whole, and says what can be done", async () => {
    const person = await createTestPerson();
    const room = await createTestRoom(person.id);
    const answer = await retrieve(await signInAs(person.email), room.id, "PUT");
    expect([answer.status, answer.headers.allow]).toEqual([405, "GET, HEAD, PATCH, DELETE, OPTIONS"]);
    expect(await test.database.room.count({ where: { id: room.id } })).toBe(1);
  });
});
