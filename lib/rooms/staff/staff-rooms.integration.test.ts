import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import type { StaffActor } from "@/lib/audit/actor";
import { inTransaction } from "@/lib/db/client";
import { config, setConfig } from "@/lib/env/config";
import { hasSeveralConnections, runUntilItWaits } from "@/lib/testing/database/lock-waits";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { createTestClient, createTestPerson } from "@/lib/testing/machine/machine-application";
import { createTestRoom } from "@/lib/testing/machine/machine-rooms";
import { auditEventsAbout, createStaffActor } from "@/lib/testing/staff/staff-factory";
import { testConfig } from "@/lib/testing/test-config";
import { contextOf } from "@/lib/testing/verb-context";
import { DAY_MS } from "@/lib/time";
import { deleteRoomForStaff } from "./delete-room-for-staff";
import { getRoomForStaff } from "./get-room-for-staff";
import { endOfRetention, restoreRoom } from "./restore-room";
import { revealRoomPin } from "./reveal-room-pin";

const test = useTestDatabase();
let actor: StaffActor;
let owner: { id: string; email: string };

const NOW = new Date("2026-06-01T12:00:00Z");

beforeAll(async () => {
  setConfig(testConfig());
  actor = await createStaffActor();
  owner = await createTestPerson();
});

const stateOf = (id: string) =>
  test.database.room.findUniqueOrThrow({ where: { id }, select: { deletedAt: true, version: true } });

const show = (roomId: string) => getRoomForStaff(roomId, config(), NOW);

describe("a room that staff delete", () => {
  it("is marked, not removed, in the audit log as well", async () => {
    const { id } = await createTestRoom(owner.id);
    await deleteRoomForStaff(contextOf(actor, NOW), { roomId: id });
    expect(await stateOf(id)).toEqual({ deletedAt: NOW, version: 2 });
    expect(await auditEventsAbout(id)).toEqual([
      {
        actorKind: "staff",
        actorId: actor.id,
        action: "room.deleted",
        targetKind: "room",
        ip: actor.ip,
        requestId: actor.requestId,
        changes: { deletedAt: { before: null, after: NOW.toISOString() } },
      },
    ]);
  });

  it("is deleted once, however many ask at once, and keeps its first date", async () => {
    const { id } = await createTestRoom(owner.id);
    await Promise.all(Array.from({ length: 5 }, () => deleteRoomForStaff(contextOf(actor, NOW), { roomId: id })));
    await deleteRoomForStaff(contextOf(actor, new Date(NOW.getTime() + DAY_MS)), { roomId: id });
    expect(await stateOf(id)).toEqual({ deletedAt: NOW, version: 2 });
    expect(await auditEventsAbout(id)).toHaveLength(1);
  });
});

describe("a room that staff restore", () => {
  it("is there again with everybody in it, and the log says since when it was gone", async () => {
    const { id, slug } = await createTestRoom(owner.id, { deletedAt: NOW });
    await restoreRoom(contextOf(actor, NOW), { roomId: id });
    expect(await stateOf(id)).toEqual({ deletedAt: null, version: 2 });
    expect(await show(id)).toMatchObject({ slug, state: "open", people: [{ email: owner.email }] });
    expect(await auditEventsAbout(id)).toMatchObject([
      { action: "room.restored", changes: { deletedAt: { before: NOW.toISOString(), after: null } } },
    ]);
  });

  it("leaves no event when it was not deleted", async () => {
    const { id } = await createTestRoom(owner.id);
    await restoreRoom(contextOf(actor), { roomId: id });
    expect(await auditEventsAbout(id)).toEqual([]);
    expect((await stateOf(id)).version).toBe(1);
  });

  it("is refused from the moment on at which it may be removed for good", async () => {
    const { id } = await createTestRoom(owner.id, { deletedAt: NOW });
    const end = endOfRetention(NOW, config());
    expect(end).toEqual(new Date(NOW.getTime() + 30 * DAY_MS));
    await expect(restoreRoom(contextOf(actor, end), { roomId: id })).rejects.toMatchObject({
      code: "precondition",
      reason: "room_retention_over",
    });
    expect((await stateOf(id)).deletedAt).toEqual(NOW);
    await restoreRoom(contextOf(actor, new Date(end.getTime() - 1)), { roomId: id });
    expect((await stateOf(id)).deletedAt).toBeNull();
  });

  it("is refused while another room of that person has its external id, and possible once that is gone", async () => {
    const client = await createTestClient();
    const named = { externalId: "event-1", externalOwnerId: owner.id, createdByApplicationId: client.id };
    const [old, current] = [await createTestRoom(owner.id, { deletedAt: NOW }), await createTestRoom(owner.id)];
    await test.database.room.updateMany({ where: { id: { in: [old.id] } }, data: named });
    await test.database.room.updateMany({ where: { id: { in: [current.id] } }, data: named });
    await expect(restoreRoom(contextOf(actor, NOW), { roomId: old.id })).rejects.toMatchObject({
      code: "conflict",
      reason: "room_external_id_taken",
    });
    expect(await auditEventsAbout(old.id)).toEqual([]);
    await deleteRoomForStaff(contextOf(actor, NOW), { roomId: current.id });
    await restoreRoom(contextOf(actor, NOW), { roomId: old.id });
    expect((await stateOf(old.id)).deletedAt).toBeNull();
  });

  it.runIf(hasSeveralConnections)(
    "is refused for the same reason when its name is given away in that moment",
    async () => {
      const client = await createTestClient();
      const named = { externalId: "event-3", externalOwnerId: owner.id, createdByApplicationId: client.id };
      const [old, rival] = [await createTestRoom(owner.id, { deletedAt: NOW }), await createTestRoom(owner.id)];
      await test.database.room.updateMany({ where: { id: old.id }, data: named });
      const { isWaiting, end } = await inTransaction(async (tx) => {
        await tx.room.updateMany({ where: { id: rival.id }, data: named });
        const restoring = await runUntilItWaits(() => restoreRoom(contextOf(actor, NOW), { roomId: old.id }));
        restoring.end.catch(() => undefined);
        return restoring;
      });
      expect(isWaiting).toBe(true);
      await expect(end).rejects.toMatchObject({ code: "conflict", reason: "room_external_id_taken" });
      expect((await stateOf(old.id)).deletedAt).toEqual(NOW);
      expect(await auditEventsAbout(old.id)).toEqual([]);
    },
  );

  it("may share an external id with a room of another person or application", async () => {
    const [client, other] = [await createTestClient(), await createTestPerson()];
    const named = { externalId: "event-2", createdByApplicationId: client.id };
    const [old, theirs] = [await createTestRoom(owner.id, { deletedAt: NOW }), await createTestRoom(other.id)];
    await test.database.room.updateMany({ where: { id: old.id }, data: { ...named, externalOwnerId: owner.id } });
    await test.database.room.updateMany({ where: { id: theirs.id }, data: { ...named, externalOwnerId: other.id } });
    await restoreRoom(contextOf(actor, NOW), { roomId: old.id });
    expect((await stateOf(old.id)).deletedAt).toBeNull();
  });
});

describe("the PIN of a room", () => {
  it("is told to whoever asks for it, and the log says who did, not what it is", async () => {
    const { id } = await createTestRoom(owner.id);
    await test.database.room.update({ where: { id }, data: { pinCode: "4711004711" } });
    expect(await revealRoomPin(contextOf(actor), { roomId: id })).toEqual({ pin: "4711004711" });
    const events = await auditEventsAbout(id);
    expect(events).toMatchObject([{ action: "room.pin_revealed", actorId: actor.id, changes: {} }]);
    expect(JSON.stringify(events)).not.toContain("4711");
  });

  it("is no part of what the page of the room reads", async () => {
    const { id } = await createTestRoom(owner.id);
    await test.database.room.update({ where: { id }, data: { pinCode: "0815008150" } });
    const room = await show(id);
    expect(room.hasPin).toBe(true);
    expect(JSON.stringify(room)).not.toContain("0815");
  });

  it("is not found where there is none, and nothing is noted", async () => {
    const { id } = await createTestRoom(owner.id);
    await expect(revealRoomPin(contextOf(actor), { roomId: id })).rejects.toMatchObject({ code: "not_found" });
    expect(await auditEventsAbout(id)).toEqual([]);
  });
});

describe("getRoomForStaff", () => {
  it("tells everything but the PIN", async () => {
    const client = await createTestClient();
    const { id, slug } = await createTestRoom(owner.id, { deletedAt: NOW });
    const member = await createTestPerson();
    await test.database.room.update({
      where: { id },
      data: {
        createdByApplicationId: client.id,
        externalId: "event-9",
        configuration: { can_publish_sources: ["camera"], everyone_can_mute: false },
        accesses: { create: { personId: member.id, role: "member" } },
        attendees: { create: { email: "guest@example.net" } },
      },
    });
    expect(await show(id)).toEqual({
      id,
      slug,
      name: slug,
      accessLevel: "trusted",
      state: "deleted",
      url: `http://localhost:3000/r/${slug}`,
      hasPin: false,
      canPublishSources: ["camera"],
      everyoneCanMute: false,
      externalId: "event-9",
      application: { id: client.id, name: "Calendar" },
      createdAt: expect.any(Date),
      updatedAt: expect.any(Date),
      expiresAt: null,
      deletedAt: NOW,
      restorableUntil: endOfRetention(NOW, config()),
      people: [
        { personId: owner.id, email: owner.email, displayName: null, role: "owner" },
        { personId: member.id, email: member.email, displayName: null, role: "member" },
      ],
      attendees: ["guest@example.net"],
    });
  });

  it("takes settings of another version for none", async () => {
    const { id } = await createTestRoom(owner.id);
    for (const configuration of [[], "text", { can_publish_sources: "camera", everyone_can_mute: 1 }]) {
      await test.database.room.update({ where: { id }, data: { configuration } });
      expect(await show(id)).toMatchObject({ canPublishSources: null, everyoneCanMute: null });
    }
  });
});

it.each([
  ["deleting", (roomId: string) => deleteRoomForStaff(contextOf(actor), { roomId })],
  ["restoring", (roomId: string) => restoreRoom(contextOf(actor), { roomId })],
  ["looking at", (roomId: string) => show(roomId)],
  ["revealing the PIN of", (roomId: string) => revealRoomPin(contextOf(actor), { roomId })],
])("%s a room that never was is not found", async (_what, run) => {
  await expect(run(randomUUID())).rejects.toMatchObject({ code: "not_found", reason: "not_found" });
});

it.each(["", "1", "../x", "' OR 1=1", "\u0000"])("looking for the id %j is not found", async (id) => {
  await expect(show(id)).rejects.toMatchObject({ code: "not_found" });
});
