import { beforeAll, describe, expect, it } from "vitest";
import { database, inTransaction } from "@/lib/db/client";
import { setConfig } from "@/lib/env/config";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { auditEventsAbout, createStaffActor, createStaffMember } from "@/lib/testing/staff/staff-factory";
import { testConfig } from "@/lib/testing/test-config";
import { contextOf } from "@/lib/testing/verb-context";
import { listAdministrators } from "./listing/list-staff";
import { createStaffSession } from "./sessions/create-staff-session";
import { findLiveSession } from "./sessions/find-live-session";
import { signOutEverywhere } from "./sessions/sign-out-everywhere";
import { setStaffRole } from "./set-staff-role";
import { setStaffStatus } from "./set-staff-status";

useTestDatabase();
beforeAll(() => setConfig(testConfig()));

const NOW = new Date("2026-01-01T09:00:00Z");
const UNKNOWN = "0190a5c0-0000-7000-8000-000000000000";

const administrator = () => createStaffActor({ role: "administrator" });

const startSession = (member: { id: string; sessionVersion: number }) =>
  inTransaction((tx) => createStaffSession(tx, member, { ip: "192.0.2.7", now: NOW }));

const activeAdministrators = () => database().staffMember.count({ where: { role: "administrator", isActive: true } });

describe("setStaffRole", () => {
  it("counts from the next request, and leaves one audit event", async () => {
    const actor = await administrator();
    const member = await createStaffMember({ role: "manager" });
    const sessionId = await startSession(member);
    await setStaffRole(contextOf(actor), { staffId: member.id, role: "viewer" });
    expect((await findLiveSession(sessionId, NOW))?.staff.role).toBe("viewer");
    await setStaffRole(contextOf(actor), { staffId: member.id, role: "viewer" });
    expect(await auditEventsAbout(member.id)).toMatchObject([
      { action: "staff.role_changed", actorId: actor.id, changes: { role: { before: "manager", after: "viewer" } } },
    ]);
  });

  it("is refused for one's own account, whatever the role", async () => {
    const actor = await administrator();
    for (const role of ["viewer", "manager", "administrator"] as const) {
      await expect(setStaffRole(contextOf(actor), { staffId: actor.id, role })).rejects.toMatchObject({
        reason: "own_account",
      });
    }
  });

  it("is refused where an identity provider decides", async () => {
    const { id: staffId } = await createStaffMember({ passwordHash: null });
    await database().staffIdentity.create({
      data: { staffMemberId: staffId, issuer: "https://id.example", subject: "s-1" },
    });
    const change = setStaffRole(contextOf(await administrator()), { staffId, role: "administrator" });
    await expect(change).rejects.toMatchObject({ reason: "role_is_external" });
  });

  it("is refused for nobody", async () => {
    const change = setStaffRole(contextOf(await administrator()), { staffId: UNKNOWN, role: "viewer" });
    await expect(change).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("setStaffStatus", () => {
  it("ends every session at once, and letting in again revives none", async () => {
    const actor = await administrator();
    const member = await createStaffMember();
    const sessionId = await startSession(member);
    await setStaffStatus(contextOf(actor, NOW), { staffId: member.id, isActive: false });
    expect(await findLiveSession(sessionId, NOW)).toBeUndefined();
    await setStaffStatus(contextOf(actor, NOW), { staffId: member.id, isActive: true });
    expect(await findLiveSession(sessionId, NOW)).toBeUndefined();
    expect(await auditEventsAbout(member.id)).toMatchObject([
      { action: "staff.deactivated", changes: { isActive: { before: true, after: false } } },
      { action: "staff.activated", changes: { isActive: { before: false, after: true } } },
    ]);
  });

  it("is refused for one's own account, and for who has not come yet", async () => {
    const actor = await administrator();
    await expect(setStaffStatus(contextOf(actor, NOW), { staffId: actor.id, isActive: false })).rejects.toMatchObject({
      reason: "own_account",
    });
    const [invited] = await database().staffMember.createManyAndReturn({
      data: [{ email: "invited@example.com", name: "x", isActive: false, joinedAt: null }],
      select: { id: true },
    });
    const activation = setStaffStatus(contextOf(actor, NOW), { staffId: invited?.id ?? "", isActive: true });
    await expect(activation).rejects.toMatchObject({ reason: "not_joined" });
  });
});

describe("the last active administrator", () => {
  /** Two administrators and nobody else who is one. */
  async function pair() {
    const [one, other] = [await administrator(), await administrator()];
    const rest = await database().staffMember.findMany({
      where: { role: "administrator", isActive: true, id: { notIn: [one.id, other.id] } },
      select: { id: true },
    });
    for (const { id } of rest) {
      await database().staffMember.update({ where: { id }, data: { role: "viewer" }, select: { id: true } });
    }
    return [one, other] as const;
  }

  it.each([
    ["demoted", (staffId: string, actor: never) => setStaffRole(contextOf(actor), { staffId, role: "manager" })],
    [
      "deactivated",
      (staffId: string, actor: never) => setStaffStatus(contextOf(actor, NOW), { staffId, isActive: false }),
    ],
  ])("cannot be %s, when two do it to each other at once", async (_what, take) => {
    for (let round = 0; round < 5; round += 1) {
      const [one, other] = await pair();
      const answers = await Promise.allSettled([take(one.id, other as never), take(other.id, one as never)]);
      expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      expect(answers.find(({ status }) => status === "rejected")).toMatchObject({
        reason: { code: "conflict", reason: "last_administrator" },
      });
      expect(await activeAdministrators()).toBe(1);
    }
  });

  it("is kept by the database too, whatever way somebody comes", async () => {
    const [one, other] = await pair();
    const demote = (id: string) =>
      database().staffMember.update({ where: { id }, data: { role: "viewer" }, select: { id: true } });
    const answers = await Promise.allSettled([demote(one.id), demote(other.id)]);
    expect(answers.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await activeAdministrators()).toBe(1);
    await expect(
      database().staffMember.updateMany({ where: { role: "administrator" }, data: { isActive: false } }),
    ).rejects.toThrow(/last active administrator/);
  });
});

describe("signOutEverywhere", () => {
  it("ends every session of the member and of nobody else, and says so once", async () => {
    const actor = await administrator();
    const [member, other] = [await createStaffMember(), await createStaffMember()];
    const sessions = [await startSession(member), await startSession(member)];
    const untouched = await startSession(other);
    await signOutEverywhere(contextOf(actor, NOW), member.id);
    for (const sessionId of sessions) expect(await findLiveSession(sessionId, NOW)).toBeUndefined();
    expect(await findLiveSession(untouched, NOW)).toBeDefined();
    expect((await auditEventsAbout(member.id)).map(({ action }) => action)).toEqual(["staff.signed_out_everywhere"]);
  });

  it("ends a session that began with the version from before at the same moment", async () => {
    const member = await createStaffMember();
    await signOutEverywhere(contextOf(await administrator(), NOW), member.id);
    expect(await findLiveSession(await startSession(member), NOW)).toBeUndefined();
  });
});

describe("the administrators whom others may ask", () => {
  it("are the active ones, by their last sign-in, no more than asked for", async () => {
    const day = (number: number) => new Date(Date.UTC(2999, 0, number));
    const later = await createStaffMember({ role: "administrator", lastSignedInAt: day(9) });
    const earlier = await createStaffMember({ role: "administrator", lastSignedInAt: day(2) });
    await createStaffMember({ role: "administrator", lastSignedInAt: day(20), isActive: false });
    await createStaffMember({ role: "manager", lastSignedInAt: day(21) });
    const emails = async (take: number) => (await listAdministrators(take)).map(({ email }) => email);
    expect(await emails(2)).toEqual([later.email, earlier.email]);
    expect(await emails(1)).toEqual([later.email]);
  });
});
