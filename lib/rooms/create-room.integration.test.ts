// Runs on both databases: names that are taken, and many writers at once.
import { beforeAll, describe, expect, it } from "vitest";
import type { ApplicationActor } from "@/lib/audit/actor";
import { setConfig } from "@/lib/env/config";
import { createTestClient, createTestPerson } from "@/lib/testing/machine-application";
import { testConfig } from "@/lib/testing/test-config";
import { useTestDatabase } from "@/lib/testing/test-database";
import { createRoom } from "./create-room";

const test = useTestDatabase();
let actor: ApplicationActor;

beforeAll(async () => {
  setConfig(testConfig());
  const [client, person] = [await createTestClient(), await createTestPerson()];
  actor = { kind: "application", id: client.id, personId: person.id, ip: "192.0.2.7", requestId: "req-1" };
});

describe("createRoom", () => {
  it("draws another slug when the first is taken", async () => {
    const slugs = ["aaa-aaaa-aaa", "aaa-aaaa-aaa", "bbb-bbbb-bbb"];
    const makeSlug = () => slugs.shift() ?? "ccc-cccc-ccc";
    expect((await createRoom({}, actor, { domains: "any", makeSlug })).room.slug).toBe("aaa-aaaa-aaa");
    expect((await createRoom({}, actor, { domains: "any", makeSlug })).room.slug).toBe("bbb-bbbb-bbb");
  });

  it("gives up with nothing stored when every slug is taken", async () => {
    await createRoom({}, actor, { domains: "any", makeSlug: () => "ddd-dddd-ddd" });
    const before = await test.database.auditEvent.count();
    await expect(createRoom({}, actor, { domains: "any", makeSlug: () => "ddd-dddd-ddd" })).rejects.toThrow(/slug/);
    expect(await test.database.auditEvent.count()).toBe(before);
  });

  it("stores no room when its owner cannot be stored", async () => {
    const stranger = { ...actor, personId: "0193575a-0000-7000-8000-00000000dead" };
    await expect(createRoom({}, stranger, { domains: "any", makeSlug: () => "eee-eeee-eee" })).rejects.toThrow(
      /rooms_external_owner_id_fkey/,
    );
    expect(await test.database.room.count({ where: { slug: "eee-eeee-eee" } })).toBe(0);
  });

  it("stores no room when its audit event cannot be stored", async () => {
    const unlogged = { ...actor, requestId: "x".repeat(65) };
    await expect(createRoom({}, unlogged, { domains: "any", makeSlug: () => "fff-ffff-fff" })).rejects.toThrow(
      /auditEvent\.create/,
    );
    expect(await test.database.room.count({ where: { slug: "fff-ffff-fff" } })).toBe(0);
  });

  it("makes 20 rooms at once, all different", async () => {
    const rooms = await Promise.all(Array.from({ length: 20 }, () => createRoom({}, actor, { domains: "any" })));
    expect(new Set(rooms.map(({ room }) => room.slug)).size).toBe(20);
  });
});
