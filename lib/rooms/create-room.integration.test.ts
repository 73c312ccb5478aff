// Runs on both databases: names that are taken, and many writers at once.
import { beforeAll, describe, expect, it } from "vitest";
import type { ApplicationActor } from "@/lib/audit/actor";
import { inTransaction } from "@/lib/db/client";
import { setConfig } from "@/lib/env/config";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { actingFor, createTestClient, createTestPerson } from "@/lib/testing/machine/machine-application";
import { testConfig } from "@/lib/testing/test-config";
import { contextOf } from "@/lib/testing/verb-context";
import { createRoom } from "./create-room";
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
  return inTransaction((tx) => createRoom(tx, ctx, {}, makeSlug === undefined ? {} : { makeSlug }));
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
    await expect(create(() => "fff-ffff-fff", unlogged)).rejects.toThrow(/auditEvent\.create/);
    expect(await test.database.room.count({ where: { slug: "fff-ffff-fff" } })).toBe(0);
  });

  it("makes 20 rooms at once, all different", async () => {
    const rooms = await Promise.all(Array.from({ length: 20 }, () => create()));
    expect(new Set(rooms.map(({ room }) => room.slug)).size).toBe(20);
  });
});
