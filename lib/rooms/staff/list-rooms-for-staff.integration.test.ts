// Runs on both databases: search and alphabetical order.
import { beforeAll, describe, expect, it } from "vitest";
import { setConfig } from "@/lib/env/config";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { createTestClient, createTestPerson, type TestClient } from "@/lib/testing/machine/machine-application";
import { createTestRoom } from "@/lib/testing/machine/machine-rooms";
import { testConfig } from "@/lib/testing/test-config";
import { listRoomsForStaff } from "./list-rooms-for-staff";
import { roomList } from "./staff-room.schema";

const test = useTestDatabase();
const NOW = new Date("2026-06-01T12:00:00Z");
let client: TestClient;

beforeAll(async () => {
  setConfig(testConfig());
  client = await createTestClient();
});

const find = (search: Record<string, string>) => listRoomsForStaff(roomList.parse(search), NOW);
const names = async (search: Record<string, string>) => (await find(search)).rows.map(({ name }) => name);

/** Each test finds rooms by a word of its own, because they share a database. */
async function store(
  name: string,
  values: {
    accessLevel?: "public";
    createdAt?: Date;
    createdByApplicationId?: string | null;
    deletedAt?: Date;
    expiresAt?: Date;
    externalId?: string;
    pinCode?: string;
  } = {},
) {
  const person = await createTestPerson();
  const { id, slug } = await createTestRoom(person.id, { name });
  await test.database.room.update({ where: { id }, data: { createdByApplicationId: client.id, ...values } });
  return { id, slug, person };
}

describe("listRoomsForStaff", () => {
  it("shows whose a room is and which application made it, and nothing to get in with", async () => {
    const { id, slug, person } = await store("shown", { pinCode: "9876543210", externalId: "event-7", createdAt: NOW });
    const ids: Record<string, string> = {};
    for (const email of ["second@shown.example", "third@shown.example"]) {
      const { id: personId } = await createTestPerson({ email });
      ids[email] = personId;
      await test.database.roomAccess.create({ data: { roomId: id, personId, role: "owner" } });
    }
    expect(await find({ q: "shown" })).toEqual({
      rows: [
        {
          id,
          slug,
          name: "shown",
          accessLevel: "trusted",
          state: "open",
          externalId: "event-7",
          application: { id: client.id, name: "Calendar" },
          owners: [
            { id: person.id, email: person.email },
            { id: ids["second@shown.example"], email: "second@shown.example" },
          ],
          ownerCount: 3,
          createdAt: NOW,
        },
      ],
      rowCount: 1,
      hasMoreRows: false,
      isNewestFirst: false,
      isSearchable: true,
      page: 1,
      pageCount: 1,
    });
  });

  it("finds part of a link, a name, an external id, an owner's address and an application's name", async () => {
    const application = await createTestClient();
    await test.database.application.update({ where: { id: application.id }, data: { name: "Zeppelin Planner" } });
    const { slug, person } = await store("Straße", {
      externalId: "urn:uid:QWX-1",
      createdByApplicationId: application.id,
    });
    for (const q of [
      slug.slice(2, 9),
      "STRASSE".replace("SS", "ß"),
      "uid:qwx",
      person.email.toUpperCase(),
      "zeppelin",
    ]) {
      expect(await names({ q }), q).toContain("Straße");
    }
  });

  it("does not find a room by the address of somebody who does not own it", async () => {
    const { id } = await store("members");
    const member = await createTestPerson({ email: "only-a-member@members.example" });
    await test.database.roomAccess.create({ data: { roomId: id, personId: member.id, role: "member" } });
    expect(await names({ q: "only-a-member" })).toEqual([]);
  });

  it.each([
    ["100%", "like 100% sure", "like 100 sure"],
    ["a_b", "like a_b", "like axb"],
    ["a\\b", "like a\\b", "like ab"],
    ["a.", "like a.b", "like axb"],
  ])("takes each character of %s as it is", async (text, match, other) => {
    await store(match);
    await store(other);
    const found = await names({ q: text });
    expect(found).toContain(match);
    expect(found).not.toContain(other);
  });

  it("tells what can be met in, what is over and what is deleted, and finds each by itself", async () => {
    const past = new Date(NOW.getTime() - 1);
    await store("state open");
    await store("state later", { expiresAt: new Date(NOW.getTime() + 1) });
    await store("state expired", { expiresAt: NOW });
    await store("state deleted", { deletedAt: past });
    await store("state both", { expiresAt: past, deletedAt: past });
    const states = Object.fromEntries((await find({ q: "state " })).rows.map(({ name, state }) => [name, state]));
    expect(states).toEqual({
      "state open": "open",
      "state later": "open",
      "state expired": "expired",
      "state deleted": "deleted",
      "state both": "deleted",
    });
    for (const state of ["open", "expired", "deleted"]) {
      const expected = Object.keys(states).filter((name) => states[name] === state);
      expect((await names({ q: "state ", state })).sort(), state).toEqual(expected.sort());
    }
  });

  it("narrows by access and by application, both with the search", async () => {
    const other = await createTestClient();
    await store("narrow public", { accessLevel: "public" });
    await store("narrow other", { createdByApplicationId: other.id });
    expect(await names({ q: "narrow", access: "public" })).toEqual(["narrow public"]);
    expect(await names({ q: "narrow", application: other.id })).toEqual(["narrow other"]);
    expect(await names({ q: "narrow", application: other.id, access: "public" })).toEqual([]);
  });

  it("orders by creation or by name, either way", async () => {
    await store("order b", { createdAt: new Date("2026-01-01") });
    await store("order a", { createdAt: new Date("2026-01-02") });
    expect(await names({ q: "order " })).toEqual(["order a", "order b"]);
    expect(await names({ q: "order ", dir: "asc" })).toEqual(["order b", "order a"]);
    expect(await names({ q: "order ", sort: "name" })).toEqual(["order a", "order b"]);
    expect(await names({ q: "order ", sort: "name", dir: "desc" })).toEqual(["order b", "order a"]);
  });

  it("says when the application that made a room is gone", async () => {
    await store("orphan", { createdByApplicationId: null });
    expect((await find({ q: "orphan" })).rows).toMatchObject([{ application: null }]);
  });

  it.each(["' OR '1'='1", "'; DROP TABLE rooms; --", "\u{1F600}"])("takes %j as text to look for", async (q) => {
    expect(await names({ q })).toEqual([]);
  });
});

describe("the address of the list of rooms", () => {
  it.each([
    { application: "not-an-id" },
    { application: "' OR 1=1" },
    { state: "gone" },
    { access: "everybody" },
    { sort: "pin_code" },
  ])("opens the whole list for %j", (search) => {
    expect(roomList.isFiltered(roomList.parse(search))).toBe(false);
  });
});
