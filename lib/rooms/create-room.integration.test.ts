// Runs on both databases: names that are taken, and many writers at once.
import { beforeAll, describe, expect, it } from "vitest";
import type { ApplicationActor } from "@/lib/audit/actor";
import { createDatabaseClient, inOneStatement, inTransaction, setDatabase, storeWithin } from "@/lib/db/client";
import { setConfig } from "@/lib/env/config";
import { createTestDatabase, useTestDatabase } from "@/lib/testing/database/test-database";
import { watchQueries } from "@/lib/testing/database/watch-queries";
import { actingFor, createTestClient, createTestPerson } from "@/lib/testing/machine/machine-application";
import { testConfig } from "@/lib/testing/test-config";
import { contextOf } from "@/lib/testing/verb-context";
import { createRoom } from "./create-room";
import { createRoomSchema } from "./representation/room.schema";
import { ROOM_COLUMNS } from "./representation/room-row";
import type { RoomContext } from "./room-context";

const test = useTestDatabase();
let actor: ApplicationActor;

beforeAll(async () => {
  setConfig(testConfig());
  const [client, person] = [await createTestClient(), await createTestPerson()];
  actor = actingFor(person.id, client.id);
});

function create(makeSlug?: () => string, by = actor) {
  const ctx: RoomContext = { ...contextOf(by), domains: "any" };
  return inOneStatement((store) => createRoom(store, ctx, {}, makeSlug === undefined ? {} : { makeSlug }));
}

describe("createRoom", () => {
  it("draws another slug when the first is taken", async () => {
    const slugs = ["aaa-aaaa-aaa", "aaa-aaaa-aaa", "bbb-bbbb-bbb"];
    const makeSlug = () => slugs.shift() ?? "ccc-cccc-ccc";
    expect((await create(makeSlug)).room.slug).toBe("aaa-aaaa-aaa");
    expect((await create(makeSlug)).room.slug).toBe("bbb-bbbb-bbb");
  });

  it("gives up with nothing stored when every slug is taken", async () => {
    await create(() => "ddd-dddd-ddd");
    const before = await test.database.auditEvent.count();
    await expect(create(() => "ddd-dddd-ddd")).rejects.toThrow(/slug/);
    expect(await test.database.auditEvent.count()).toBe(before);
  });

  it("stores no room when its owner cannot be stored", async () => {
    const stranger = { ...actor, personId: "0193575a-0000-7000-8000-00000000dead" };
    await expect(create(() => "eee-eeee-eee", stranger)).rejects.toThrow(/rooms_external_owner_id_fkey/);
    expect(await test.database.room.count({ where: { slug: "eee-eeee-eee" } })).toBe(0);
  });

  it("stores no room when its audit event cannot be stored", async () => {
    const unlogged = { ...actor, requestId: "x".repeat(65) };
    await expect(create(() => "fff-ffff-fff", unlogged)).rejects.toThrow(/too long for type character varying\(64\)/);
    expect(await test.database.room.count({ where: { slug: "fff-ffff-fff" } })).toBe(0);
  });

  it("makes 20 rooms at once, all different", async () => {
    const rooms = await Promise.all(Array.from({ length: 20 }, () => create()));
    expect(new Set(rooms.map(({ room }) => room.slug)).size).toBe(20);
  });
});

/** The two places in which a room is stored: by itself, and beside the key that remembers its answer. */
const PLACES: Record<string, typeof inOneStatement> = {
  "by itself": inOneStatement,
  "in a transaction": (work) => inTransaction((tx) => work(storeWithin(tx))),
};

describe.each(Object.entries(PLACES))("a room with all that it may begin with, stored %s,", (_place, runIn) => {
  const EXPIRES_AT = new Date("2999-01-31T12:00:00.123Z");

  async function createFull() {
    const administrator = await createTestPerson();
    const input = createRoomSchema.parse({
      access_level: "restricted",
      // In an order that is not PostgreSQL's own.
      configuration: { can_publish_sources: ["camera", "microphone"], everyone_can_mute: false },
      external_id: `meeting ${administrator.id}`,
      expires_at: EXPIRES_AT.toISOString(),
      attendees: ["bea@example.com", "ana@example.com", "bea@example.com"],
    });
    const firstAccesses = [{ personId: administrator.id, role: "administrator" } as const];
    const ctx: RoomContext = { ...contextOf(actor), domains: "any" };
    const create = () => runIn((store) => createRoom(store, ctx, input, { firstAccesses }));
    return { administrator, input, create, ctx, ...(await create()) };
  }

  it("is what is read back afterwards, member for member", async () => {
    const { room, isNew } = await createFull();
    expect(isNew).toBe(true);
    const stored = await test.database.room.findUniqueOrThrow({ where: { id: room.id }, select: ROOM_COLUMNS });
    expect(room).toEqual(stored);
    expect(JSON.stringify(room.configuration)).toBe(JSON.stringify(stored.configuration));
    expect(stored.createdAt).toEqual(stored.updatedAt);
  });

  it("has its owner, its other roles and each guest once", async () => {
    const { room, administrator } = await createFull();
    const where = { roomId: room.id };
    expect(
      await test.database.roomAccess.findMany({
        where,
        select: { personId: true, role: true },
        orderBy: { id: "asc" },
      }),
    ).toEqual([
      { personId: actor.personId, role: "owner" },
      { personId: administrator.id, role: "administrator" },
    ]);
    expect(
      await test.database.roomAttendee.findMany({ where, select: { email: true }, orderBy: { email: "asc" } }),
    ).toEqual([{ email: "ana@example.com" }, { email: "bea@example.com" }]);
  });

  it("has its audit events, in the order in which they came to be", async () => {
    const { room, input, administrator } = await createFull();
    const events = await test.database.auditEvent.findMany({
      where: { targetId: room.id },
      omit: { id: true, at: true, kind: true },
      orderBy: [{ at: "asc" }, { id: "asc" }],
    });
    const common = {
      actorKind: "application",
      actorId: actor.id,
      onBehalfOfId: actor.personId,
      targetKind: "room",
      targetId: room.id,
      ip: actor.ip,
      requestId: actor.requestId,
    };
    const made = (after: unknown) => ({ before: null, after });
    expect(events).toEqual([
      {
        ...common,
        action: "room.created",
        changes: {
          slug: made(room.slug),
          name: made(room.slug),
          accessLevel: made("restricted"),
          externalId: made(input.external_id),
          expiresAt: made(EXPIRES_AT.toISOString()),
          attendeeCount: made(2),
        },
      },
      {
        ...common,
        action: "room.access_added",
        changes: { personId: made(administrator.id), role: made("administrator") },
      },
    ]);
  });

  it("is made once under the application's own name for it, by callers who come at once too", async () => {
    const { room, create, input } = await createFull();
    expect(await create()).toEqual({ room, isNew: false });
    await Promise.all([create(), create()]);
    expect(await test.database.room.count({ where: { externalId: input.external_id ?? null } })).toBe(1);
  });
});

it("a room with its owner and its audit event is one statement, without a transaction around it", async () => {
  const opened = await createTestDatabase();
  const watched = watchQueries(opened.connection);
  const ctx: RoomContext = { ...contextOf(actor), domains: "any" };
  setDatabase(createDatabaseClient(watched));
  try {
    const [client, person] = [await createTestClient(), await createTestPerson()];
    const before = { ...watched.traffic };
    await inOneStatement((store) => createRoom(store, { ...ctx, actor: actingFor(person.id, client.id) }, {}));
    expect(watched.traffic).toEqual({ statements: before.statements + 1, transactions: before.transactions + 1 });
  } finally {
    setDatabase(test.database);
    await opened.close();
  }
});
