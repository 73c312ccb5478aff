import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { database, setDatabase } from "@/lib/db/client";
import { setConfig } from "@/lib/env/config";
import { m2mApi } from "@/lib/machine/m2m-api";
import { ROOMS_PER_PAGE_MAX } from "@/lib/rooms/listing/room-query.schema";
import { ATTENDEES_MAX } from "@/lib/rooms/representation/room-field.schema";
import { generateRoomSlug } from "@/lib/rooms/room-slug";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { createTestClient, createTestPerson, type TestClient } from "@/lib/testing/machine/machine-application";
import { callExternal, memberOf, obtainToken } from "@/lib/testing/machine/machine-requests";
import { createTestRoom } from "@/lib/testing/machine/machine-rooms";
import { testConfig } from "@/lib/testing/test-config";
import { roomsResource } from "./rooms";

const test = useTestDatabase();
let client: TestClient;
let person: { id: string; email: string };
let token: string;

beforeAll(async () => {
  setConfig(testConfig());
  client = await createTestClient();
});

beforeEach(async () => {
  person = await createTestPerson();
  token = await obtainToken(m2mApi(), client, { fields: { scope: person.email } });
});

afterAll(() => setConfig(undefined));

async function list(query: string): Promise<unknown[]> {
  const { json } = await callExternal(roomsResource.GET, { token, path: `/api/external/rooms${query}` });
  const results = memberOf(json, "results");
  return Array.isArray(results) ? results : [];
}

const addGuests = (roomId: string, ...emails: string[]) =>
  database().roomAttendee.createMany({ data: emails.map((email) => ({ roomId, email })) });

/** Runs `work` and returns how many rows each operation on the database brought back. */
async function countRows(work: () => Promise<unknown>): Promise<number[]> {
  const rows: number[] = [];
  const counting = test.database.$extends({
    query: {
      async $allOperations({ args, query }) {
        const result: unknown = await query(args);
        rows.push(Array.isArray(result) ? result.length : 1);
        return result;
      },
    },
  });
  setDatabase(counting as typeof test.database);
  await work().finally(() => setDatabase(test.database));
  return rows;
}

describe("the guests in a list of rooms", () => {
  it("stand at their own room, in the order of their addresses, and only where the role shows them", async () => {
    const owned = await createTestRoom(person.id, { name: "a" });
    const administered = await createTestRoom(person.id, { name: "b", role: "administrator" });
    const joined = await createTestRoom(person.id, { name: "c", role: "member" });
    await createTestRoom(person.id, { name: "d" });
    const elsewhere = await createTestRoom((await createTestPerson()).id);
    await addGuests(owned.id, "z@example.com", "a@example.com", 'quote"\\@example.com', "é@example.com");
    await addGuests(administered.id, "a@example.com");
    await addGuests(joined.id, "hidden@example.com");
    await addGuests(elsewhere.id, "stranger@example.com");
    const results = await list("?include=details");
    expect(results.map((room) => [memberOf(room, "name"), memberOf(room, "role")])).toEqual([
      ["a", "owner"],
      ["b", "administrator"],
      ["c", "member"],
      ["d", "owner"],
    ]);
    const stored = await database().roomAttendee.findMany({ where: { roomId: owned.id }, orderBy: { email: "asc" } });
    expect(results.map((room) => memberOf(room, "attendees"))).toEqual([
      stored.map(({ email }) => email),
      ["a@example.com"],
      undefined,
      [],
    ]);
    expect(results[2]).not.toHaveProperty("attendees");
  });

  it("are not asked for without include=details, nor for rooms in which the person is a member", async () => {
    const joined = await createTestRoom(person.id, { role: "member" });
    await addGuests(joined.id, "hidden@example.com");
    const withoutDetails = await countRows(() => list(""));
    const details = await countRows(() => list("?include=details"));
    // One more for the roles, none for guests.
    expect(details).toHaveLength(withoutDetails.length + 1);
  });

  it("cost a row a room: the largest page of full rooms brings no more rows than it has rooms", async () => {
    const rooms = Array.from({ length: ROOMS_PER_PAGE_MAX }, () => generateRoomSlug());
    await database().room.createMany({
      data: rooms.map((slug) => ({ slug, name: slug, accessLevel: "trusted" as const })),
    });
    await database().$executeRaw`
      INSERT INTO "room_accesses" ("id", "room_id", "person_id", "role")
      SELECT gen_random_uuid(), "id", ${person.id}::uuid, 'owner' FROM "rooms" WHERE "slug" = ANY(${rooms})`;
    await database().$executeRaw`
      INSERT INTO "room_attendees" ("room_id", "email")
      SELECT r."id", n || '@example.com' FROM "rooms" r, generate_series(1, ${ATTENDEES_MAX}::int) n
      WHERE r."slug" = ANY(${rooms})`;
    let results: unknown[] = [];
    const rows = await countRows(async () => {
      results = await list(`?include=details&page_size=${ROOMS_PER_PAGE_MAX}`);
    });
    const guests = results.map((room) => memberOf(room, "attendees"));
    expect(guests.map((all) => (Array.isArray(all) ? new Set(all).size : 0))).toEqual(rooms.map(() => ATTENDEES_MAX));
    expect(Math.max(...rows)).toBe(ROOMS_PER_PAGE_MAX);
  });
});
