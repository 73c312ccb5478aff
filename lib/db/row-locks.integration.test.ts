import { randomUUID } from "node:crypto";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { storeActivity } from "@/lib/activity/store-activity";
import { deleteApplication } from "@/lib/applications/delete-application";
import { setApplicationStatuses } from "@/lib/applications/status/set-application-statuses";
import { updateApplication } from "@/lib/applications/update-application";
import type { ApplicationActor, StaffActor } from "@/lib/audit/actor";
import { database, inTransaction } from "@/lib/db/client";
import { setConfig } from "@/lib/env/config";
import { storeAssertionId } from "@/lib/machine/client/assertion-register";
import { jsonAnswer } from "@/lib/machine/external/external-answer";
import { runOnce } from "@/lib/machine/external/idempotency";
import { setPersonDelegation } from "@/lib/people/set-person-delegation";
import { restoreRoom } from "@/lib/rooms/staff/restore-room";
import { updateRoom } from "@/lib/rooms/update-room";
import { createStaffLink } from "@/lib/staff/links/create-staff-link";
import { inviteStaffMember } from "@/lib/staff/links/invite-staff-member";
import { revokeInvitation } from "@/lib/staff/links/revoke-invitation";
import { createStaffSession } from "@/lib/staff/sessions/create-staff-session";
import { setStaffRole } from "@/lib/staff/set-staff-role";
import { besidePaused, hasSeveralConnections, runUntilItWaits } from "@/lib/testing/database/lock-waits";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { activityRow } from "@/lib/testing/machine/activity-rows";
import {
  actingFor,
  addTestSecret,
  createTestClient,
  createTestPerson,
  type TestClient,
} from "@/lib/testing/machine/machine-application";
import { createTestRoom } from "@/lib/testing/machine/machine-rooms";
import { createStaffActor, createStaffMember } from "@/lib/testing/staff/staff-factory";
import { testConfig } from "@/lib/testing/test-config";
import { contextOf } from "@/lib/testing/verb-context";
import { countActivity } from "@/lib/usage/count-activity";

useTestDatabase();
const NOW = new Date("2026-11-24T12:00:00Z");
let staff: StaffActor;
let client: TestClient;
let personId: string;
let application: ApplicationActor;

beforeAll(async () => {
  setConfig(testConfig());
  staff = await createStaffActor({ role: "administrator" });
});

beforeEach(async () => {
  client = await createTestClient();
  personId = (await createTestPerson()).id;
  application = actingFor(personId, client.id);
});

/** What the traffic of an application stores, each row with a foreign key on the application. */
const TRAFFIC: Record<string, () => Promise<unknown>> = {
  "a room": () => createTestRoom(personId, { createdByApplicationId: client.id }),
  "a secret": () => addTestSecret(client),
  "the answer to an idempotent call": rememberAnswer,
  "the id of an assertion": () =>
    storeAssertionId({ applicationId: client.id, jti: randomUUID(), expiresAt: new Date(Date.now() + 60_000) }),
  "counts of calls": async () => {
    await storeActivity([activityRow({ at: NOW, applicationId: client.id, credentialId: client.secretId, personId })]);
    await countActivity(NOW);
  },
};

function rememberAnswer() {
  const call = { actor: application, method: "POST", path: "/x", key: randomUUID(), content: {} };
  return runOnce(call, { running: new Set(), now: NOW }, async () => jsonAnswer({}));
}

function rename(): Promise<void> {
  const input = { applicationId: client.id, name: "Diary", description: "", ownerContact: "", scopes: [] };
  return updateApplication(contextOf(staff), input);
}

function renameRoom(roomId: string) {
  const ctx = { ...contextOf(application), domains: "any", ifMatch: undefined } as const;
  return inTransaction((tx) => updateRoom(tx, ctx, { roomId, changes: { name: "Standup" } }));
}

const switchOff = () => setApplicationStatuses(contextOf(staff), { applicationIds: [client.id], isActive: false });
const remove = () =>
  deleteApplication(contextOf(staff), { applicationId: client.id, rooms: "keep", confirmation: "Calendar" });

/** Which of the writes have to wait while `verb` holds its locks. */
async function findWaiting(verb: () => Promise<unknown>, writes: Record<string, () => Promise<unknown>>) {
  const ends: Promise<unknown>[] = [];
  const waiting = await besidePaused(verb, async () => {
    const names: string[] = [];
    for (const [name, write] of Object.entries(writes)) {
      const { isWaiting, end } = await runUntilItWaits(write);
      if (isWaiting) names.push(name);
      ends.push(end);
      end.catch(() => {});
    }
    return names;
  });
  return { waiting, outcomes: await Promise.allSettled(ends) };
}

describe.runIf(hasSeveralConnections)("what refers to a row is stored while the row is being changed", () => {
  it.each([
    ["one application is changed", rename],
    ["applications are switched off together", switchOff],
  ])("its traffic, while %s", async (_when, verb) => {
    const { waiting, outcomes } = await findWaiting(verb, TRAFFIC);
    expect(waiting).toEqual([]);
    expect(outcomes.filter(({ status }) => status === "rejected")).toEqual([]);
  });

  it("rooms and answers of a person, while staff change what may be done for them", async () => {
    const verb = () => setPersonDelegation(contextOf(staff), { personId, isDelegationAllowed: false });
    const { waiting } = await findWaiting(verb, {
      "a room": () => createTestRoom(personId),
      "the answer to an idempotent call": rememberAnswer,
    });
    expect(waiting).toEqual([]);
  });

  it("sessions, links and applications of members and administrators, while a member is managed", async () => {
    const member = await createStaffMember({ role: "viewer" });
    const { id, sessionVersion } = await createStaffMember({ role: "administrator" });
    const { waiting } = await findWaiting(
      () => setStaffRole(contextOf(staff), { staffId: member.id, role: "manager" }),
      {
        "a session of the member": () => startSession(member),
        "a session of an administrator": () => startSession({ id, sessionVersion }),
        "a link": () =>
          inTransaction((tx) =>
            createStaffLink(tx, contextOf(staff), {
              staffId: id,
              email: "",
              kind: "password_reset",
              createdById: null,
            }),
          ),
        "an application": () => createOwnedApplication(id),
      },
    );
    expect(waiting).toEqual([]);
  });

  it.each([
    ["it is changed", { deletedAt: undefined }, renameRoom],
    ["it is restored", { deletedAt: new Date() }, (roomId: string) => restoreRoom(contextOf(staff), { roomId })],
  ])("what hangs on a room, while %s", async (_when, { deletedAt }, verb) => {
    const { id: roomId } = await createTestRoom(personId, deletedAt === undefined ? {} : { deletedAt });
    const other = await createTestPerson();
    const { waiting } = await findWaiting(() => verb(roomId), {
      "a role": () => database().roomAccess.create({ data: { roomId, personId: other.id, role: "member" } }),
      "a guest": () => database().roomAttendee.create({ data: { roomId, email: "guest@example.com" } }),
    });
    expect(waiting).toEqual([]);
  });
});

function startSession(member: { id: string; sessionVersion: number }): Promise<string> {
  return inTransaction((tx) => createStaffSession(tx, member, { ip: "192.0.2.7", now: NOW }));
}

function createOwnedApplication(createdById: string) {
  const data = { name: "Owned", clientId: randomUUID(), scopes: [], createdById };
  return database().application.create({ data, select: { id: true } });
}

describe.runIf(hasSeveralConnections)("what refers to a row waits while the row is being deleted", () => {
  it("the traffic of an application, which then finds it gone", async () => {
    const { waiting, outcomes } = await findWaiting(remove, { "a room": TRAFFIC["a room"] ?? rename });
    expect(waiting).toEqual(["a room"]);
    expect(outcomes).toMatchObject([{ status: "rejected", reason: { code: "P2003" } }]);
  });

  it("a session of who was only invited", async () => {
    const email = `${randomUUID()}@example.org`;
    const { staffId } = await inviteStaffMember(contextOf(staff, NOW), { email, role: "viewer" });
    const { waiting, outcomes } = await findWaiting(() => revokeInvitation(contextOf(staff), staffId), {
      "a session": () => startSession({ id: staffId, sessionVersion: 1 }),
    });
    expect(waiting).toEqual(["a session"]);
    expect(outcomes).toMatchObject([{ status: "rejected", reason: { code: "P2003" } }]);
  });
});
