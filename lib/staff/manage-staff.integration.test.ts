import { describe, expect, it } from "vitest";
import { database, inTransaction } from "@/lib/db/client";
import { auditEventsAbout, createStaffActor, createStaffMember } from "@/lib/testing/staff-factory";
import { useTestDatabase } from "@/lib/testing/test-database";
import { createStaffSession } from "./sessions/create-staff-session";
import { readStaffSession } from "./sessions/read-staff-session";
import { signOutEverywhere } from "./sessions/sign-out-everywhere";
import { setStaffRole } from "./set-staff-role";
import { setStaffStatus } from "./set-staff-status";

useTestDatabase();

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
    await setStaffRole({ staffId: member.id, role: "viewer" }, actor);
    expect((await readStaffSession(sessionId, NOW))?.staff.role).toBe("viewer");
    await setStaffRole({ staffId: member.id, role: "viewer" }, actor);
    expect(await auditEventsAbout(member.id)).toMatchObject([
      { action: "staff.role_changed", actorId: actor.id, changes: { role: { before: "manager", after: "viewer" } } },
    ]);
  });

  it("is refused for one's own account, whatever the role", async () => {
    const actor = await administrator();
    for (const role of ["viewer", "manager", "administrator"] as const) {
      await expect(setStaffRole({ staffId: actor.id, role }, actor)).rejects.toMatchObject({ reason: "own_account" });
    }
  });

  it("is refused where an identity provider decides", async () => {
    const { id: staffId } = await createStaffMember({ passwordHash: null });
    await database().staffIdentity.create({
      data: { staffMemberId: staffId, issuer: "https://id.example", subject: "s-1" },
    });
    const change = setStaffRole({ staffId, role: "administrator" }, await administrator());
    await expect(change).rejects.toMatchObject({ reason: "role_is_external" });
  });

  it("is refused for nobody", async () => {
    const change = setStaffRole({ staffId: UNKNOWN, role: "viewer" }, await administrator());
    await expect(change).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("setStaffStatus", () => {
  it("ends every session at once, and letting in again revives none", async () => {
    const actor = await administrator();
    const member = await createStaffMember();
    const sessionId = await startSession(member);
    await setStaffStatus({ staffId: member.id, isActive: false }, actor, NOW);
    expect(await readStaffSession(sessionId, NOW)).toBeUndefined();
    await setStaffStatus({ staffId: member.id, isActive: true }, actor, NOW);
    expect(await readStaffSession(sessionId, NOW)).toBeUndefined();
    expect(await auditEventsAbout(member.id)).toMatchObject([
      { action: "staff.deactivated", changes: { isActive: { before: true, after: false } } },
      { action: "staff.activated", changes: { isActive: { before: false, after: true } } },
    ]);
  });

  it("is refused for one's own account, and for who has not come yet", async () => {
    const actor = await administrator();
    await expect(setStaffStatus({ staffId: actor.id, isActive: false }, actor, NOW)).rejects.toMatchObject({
      reason: "own_account",
    });
    const [invited] = await database().staffMember.createManyAndReturn({
      data: [{ email: "invited@example.com", name: "x", isActive: false, joinedAt: null }],
      select: { id: true },
    });
    const activation = setStaffStatus({ staffId: invited?.id ?? "", isActive: true }, actor, NOW);
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
    ["demoted", (staffId: string, actor: never) => setStaffRole({ staffId, role: "manager" }, actor)],
    ["deactivated", (staffId: string, actor: never) => setStaffStatus({ staffId, isActive: false }, actor, NOW)],
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
    await signOutEverywhere(member.id, actor, NOW);
    for (const sessionId of sessions) expect(await readStaffSession(sessionId, NOW)).toBeUndefined();
    expect(await readStaffSession(untouched, NOW)).toBeDefined();
    expect((await auditEventsAbout(member.id)).map(({ action }) => action)).toEqual(["staff.signed_out_everywhere"]);
  });

  it("ends a session that began with the version from before at the same moment", async () => {
    const member = await createStaffMember();
    await signOutEverywhere(member.id, await administrator(), NOW);
    expect(await readStaffSession(await startSession(member), NOW)).toBeUndefined();
  });
});
