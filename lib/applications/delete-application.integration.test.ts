import { randomUUID } from "node:crypto";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { StaffActor } from "@/lib/audit/actor";
import { inOneStatement } from "@/lib/db/client";
import { setConfig } from "@/lib/env/config";
import { createM2mApi } from "@/lib/machine/m2m-api";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import {
  actingFor,
  createTestClient,
  createTestPerson,
  type TestClient,
} from "@/lib/testing/machine/machine-application";
import { askForToken } from "@/lib/testing/machine/machine-requests";
import { START } from "@/lib/testing/secret-clock";
import { auditEventsAbout, createStaffActor } from "@/lib/testing/staff/staff-factory";
import { testConfig } from "@/lib/testing/test-config";
import { contextOf } from "@/lib/testing/verb-context";
import { revokeApplicationTokens } from "@/lib/tokens/revoke-application-tokens";
import { createRoom } from "../rooms/create-room";
import { restoreRoom } from "../rooms/staff/restore-room";
import { countCreatedRooms } from "./count-created-rooms";
import { deleteApplication } from "./delete-application";
import { deleteApplicationSchema, type RoomChoice } from "./delete-application.schema";
import { purgeDeletedApplications } from "./purge-deleted-applications";

const test = useTestDatabase();
let staff: StaffActor;
let client: TestClient;
let personId: string;

beforeAll(async () => {
  setConfig(testConfig());
  staff = await createStaffActor();
});

beforeEach(async () => {
  client = await createTestClient({ domains: ["example.com"] });
  personId = (await createTestPerson()).id;
});

async function makeRoom(applicationId = client.id): Promise<string> {
  const ctx = { ...contextOf(actingFor(personId, applicationId)), domains: "any" } as const;
  return (await inOneStatement((store) => createRoom(store, ctx, {}))).room.id;
}

function remove(rooms: RoomChoice = "keep", confirmation = "Calendar") {
  return deleteApplication(contextOf(staff, START), { applicationId: client.id, rooms, confirmation });
}

const room = (id: string) =>
  test.database.room.findUnique({
    where: { id },
    select: { createdByApplicationId: true, deletedAt: true, version: true, accesses: { select: { personId: true } } },
  });

describe("deleteApplication", () => {
  it("leaves the rooms with their people, and says in the log who had made them", async () => {
    const roomId = await makeRoom();
    expect(await countCreatedRooms(client.id)).toEqual({ count: 1, hasMore: false });
    expect(await remove()).toEqual({ roomsKept: 1, roomsDeleted: 0 });
    while ((await purgeDeletedApplications()) > 0);
    expect(await room(roomId)).toEqual({
      createdByApplicationId: null,
      deletedAt: null,
      version: 1,
      accesses: [{ personId }],
    });
    expect(await auditEventsAbout(client.id)).toEqual([
      {
        actorKind: "staff",
        actorId: staff.id,
        action: "application.deleted",
        targetKind: "application",
        ip: "192.0.2.7",
        requestId: staff.requestId,
        changes: {
          name: { before: "Calendar", after: null },
          clientId: { before: client.clientId, after: null },
          roomsKept: { before: null, after: 1 },
          roomsDeleted: { before: null, after: 0 },
        },
      },
    ]);
    expect(await auditEventsAbout(roomId)).toMatchObject([
      { action: "room.created", actorKind: "application", actorId: client.id },
    ]);
  });

  it("puts the rooms away that it has made, if that was chosen, and no others", async () => {
    const other = await createTestClient();
    const [mine, gone, theirs] = [await makeRoom(), await makeRoom(), await makeRoom(other.id)];
    const earlier = new Date("2026-11-01T00:00:00.000Z");
    await test.database.room.update({ where: { id: gone }, data: { deletedAt: earlier } });
    expect(await remove("delete")).toEqual({ roomsKept: 0, roomsDeleted: 1 });
    expect(await room(mine)).toMatchObject({ deletedAt: START, version: 2 });
    expect(await room(gone)).toMatchObject({ deletedAt: earlier, version: 1 });
    expect(await room(theirs)).toMatchObject({ deletedAt: null, createdByApplicationId: other.id });
  });

  it("tells the history of each room that it puts away, as if that one had been deleted alone", async () => {
    const [mine, other] = [await makeRoom(), await makeRoom()];
    await remove("delete");
    const event = {
      actorKind: "staff",
      actorId: staff.id,
      action: "room.deleted",
      targetKind: "room",
      ip: "192.0.2.7",
      requestId: staff.requestId,
      changes: { deletedAt: { before: null, after: START.toISOString() } },
    };
    for (const roomId of [mine, other]) {
      const events = await auditEventsAbout(roomId);
      expect(events.filter(({ action }) => action === "room.deleted")).toEqual([event]);
      await restoreRoom(contextOf(staff, START), { roomId });
      expect(await room(roomId)).toMatchObject({ deletedAt: null, version: 3, accesses: [{ personId }] });
      expect((await auditEventsAbout(roomId)).map(({ action }) => action).sort()).toEqual([
        "room.created",
        "room.deleted",
        "room.restored",
      ]);
    }
  });

  it("takes everything of the application with it, and nothing of the people", async () => {
    await test.database.revokedToken.create({
      data: { jti: randomUUID(), applicationId: client.id, expiresAt: START },
    });
    await remove();
    while ((await purgeDeletedApplications()) > 0);
    const where = { applicationId: client.id };
    expect(await test.database.application.count({ where: { id: client.id } })).toBe(0);
    expect(await test.database.applicationSecret.count({ where })).toBe(0);
    expect(await test.database.applicationDomain.count({ where })).toBe(0);
    expect(await test.database.revokedToken.count({ where })).toBe(0);
    expect(await test.database.person.count({ where: { id: personId } })).toBe(1);
  });

  it("also deletes an application whose secrets were rotated", async () => {
    const { id } = await test.database.applicationSecret.create({
      data: { applicationId: client.id, hash: "another plain secret", hint: "wxyz" },
      select: { id: true },
    });
    await test.database.applicationSecret.update({
      where: { id: client.secretId },
      data: { replacedById: id, revokedAt: START, compromisedAt: START },
    });
    await remove();
    while ((await purgeDeletedApplications()) > 0);
    expect(await test.database.application.count({ where: { id: client.id } })).toBe(0);
  });

  it.each(["", "calendar", "Calendar 2"])("refuses when “%s” was typed, and changes nothing", async (typed) => {
    const roomId = await makeRoom();
    await expect(remove("delete", typed)).rejects.toMatchObject({
      code: "invalid",
      fieldErrors: { confirmation: "application_name_differs" },
    });
    expect(await room(roomId)).toMatchObject({ createdByApplicationId: client.id, deletedAt: null });
    expect(await auditEventsAbout(client.id)).toEqual([]);
  });

  it("changes nothing when the audit event cannot be stored", async () => {
    const roomId = await makeRoom();
    const input = { applicationId: client.id, rooms: "delete", confirmation: "Calendar" } as const;
    await expect(deleteApplication(contextOf({ ...staff, requestId: "x".repeat(65) }), input)).rejects.toThrow(
      /value too long/,
    );
    expect(await room(roomId)).toMatchObject({ createdByApplicationId: client.id, deletedAt: null });
  });

  it("is done once by two at the same time", async () => {
    const results = await Promise.allSettled([remove(), remove()]);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await auditEventsAbout(client.id)).toHaveLength(1);
    await expect(remove()).rejects.toMatchObject({ code: "not_found", reason: "not_found" });
  });

  it("is answered by the token endpoint like a client that never was", async () => {
    const machine = createM2mApi(testConfig());
    expect((await askForToken(machine, client)).status).toBe(200);
    await remove();
    const gone = await askForToken(machine, client);
    expect(gone).toMatchObject({ status: 401, json: { error: "invalid_client" } });
  });

  it.each([
    ["no choice for the rooms", { rooms: undefined }],
    ["another choice", { rooms: "sell" }],
    ["more than asked for", { cascade: true }],
  ])("refuses a form with %s", (_what, change) => {
    const form = { applicationId: client.id, rooms: "keep", confirmation: "Calendar", ...change };
    expect(deleteApplicationSchema.safeParse(form).success).toBe(false);
  });
});

describe("revokeApplicationTokens", () => {
  it("raises the version that tokens carry, once for each time it is asked", async () => {
    await Promise.all([1, 2].map(() => revokeApplicationTokens(contextOf(staff), { applicationId: client.id })));
    const { credentialVersion } = await test.database.application.findUniqueOrThrow({ where: { id: client.id } });
    expect(credentialVersion).toBe(2);
    const common = { actorKind: "staff", actorId: staff.id, targetKind: "application", ip: "192.0.2.7" };
    expect(await auditEventsAbout(client.id)).toEqual(
      [0, 1].map((before) => ({
        ...common,
        requestId: staff.requestId,
        action: "application.tokens_revoked",
        changes: { credentialVersion: { before, after: before + 1 } },
      })),
    );
  });

  it("cannot be taken back, whatever tries: the database refuses", async () => {
    await revokeApplicationTokens(contextOf(staff), { applicationId: client.id });
    const back = { where: { id: client.id }, data: { credentialVersion: 0 } };
    await expect(test.database.application.update(back)).rejects.toThrow(/constraint violated|23001/);
  });

  it("answers not found for an unknown application", async () => {
    const applicationId = randomUUID();
    await expect(revokeApplicationTokens(contextOf(staff), { applicationId })).rejects.toMatchObject({
      code: "not_found",
    });
  });
});
