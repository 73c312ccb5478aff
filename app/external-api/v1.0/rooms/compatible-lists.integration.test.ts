import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GET as GET_OWN } from "@/app/api/external/rooms/route";
import { setConfig } from "@/lib/env/config";
import { m2mApi } from "@/lib/machine/m2m-api";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { createTestClient, createTestPerson } from "@/lib/testing/machine/machine-application";
import { callExternal, obtainToken } from "@/lib/testing/machine/machine-requests";
import { createTestRoom } from "@/lib/testing/machine/machine-rooms";
import { testConfig } from "@/lib/testing/test-config";
import { GET } from "./route";

useTestDatabase();
let token: string;
let room: { id: string; slug: string };
let foreign: { slug: string };

beforeAll(async () => {
  setConfig(testConfig());
  const person = await createTestPerson();
  token = await obtainToken(m2mApi(), await createTestClient(), { fields: { scope: person.email } });
  room = await createTestRoom(person.id, { slug: "abc-defg-hij" });
  await createTestRoom(person.id, { slug: "abc-defg-hik" });
  foreign = await createTestRoom((await createTestPerson()).id);
});
afterAll(() => setConfig(undefined));

const list = (query: string) => callExternal(GET, { token, path: `/external-api/v1.0/rooms/${query}` });

describe("the list of rooms by slug, as La Suite Meet", () => {
  it("is the one room of that slug, as at our own path", async () => {
    const answer = await list(`?slug=${room.slug}`);
    expect(answer).toMatchObject({
      status: 200,
      json: { count: 1, next: null, previous: null, results: [{ id: room.id, slug: room.slug }] },
    });
    const own = await callExternal(GET_OWN, { token, path: `/api/external/rooms?slug=${room.slug}` });
    expect(own.text).toBe(answer.text);
  });

  it.each(["abc-defg", "ABC-DEFG-HIJ", "abc-defg-hi_", "%25", "%00", "%E2%80%8Babc-defg-hij", "abc-defg-hij%20", "x"])(
    "is empty for %s, which is no slug",
    async (slug) => {
      expect(await list(`?slug=${slug}`)).toMatchObject({ status: 200, json: { count: 0, results: [] } });
    },
  );

  it("is empty for a room of somebody else, and everything for empty values", async () => {
    expect((await list(`?slug=${foreign.slug}`)).json).toMatchObject({ count: 0 });
    expect((await list("?slug=&page=")).json).toMatchObject({ count: 2 });
  });
});
