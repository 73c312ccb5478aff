import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { SYSTEM, type VisitorActor } from "@/lib/audit/actor";
import { database } from "@/lib/db/client";
import { setConfig } from "@/lib/env/config";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { addApp, signInAs } from "@/lib/testing/staff/second-factors";
import { auditEventsAbout, createStaffMember } from "@/lib/testing/staff/staff-factory";
import { testConfig } from "@/lib/testing/test-config";
import { contextOf } from "@/lib/testing/verb-context";
import { recoverAdministrator } from "./recover-administrator";
import { joinStaff, resetPassword } from "./redeem-staff-link";

useTestDatabase();
beforeAll(() => setConfig(testConfig({ publicUrl: "https://portal.example.org" })));

const NOW = new Date("2026-11-28T08:00:00Z");
const PASSWORD = "four words of this test";
const VISITOR: VisitorActor = { kind: "system", ip: "192.0.2.7", requestId: "r-1" };

const recover = (address: string) => recoverAdministrator(contextOf(SYSTEM, NOW), address);
const tokenOf = ({ url }: { url: string }) => url.slice(url.indexOf("#") + 1);
const memberOf = (id: string) =>
  database().staffMember.findUniqueOrThrow({ where: { id }, select: { role: true, isActive: true, joinedAt: true } });
const actionsAbout = async (id: string) => (await auditEventsAbout(id)).map(({ action }) => action).sort();

describe("whoever runs the server lets in", () => {
  it("somebody new, by an invitation that makes an administrator", async () => {
    const email = `${randomUUID()}@example.org`;
    const link = await recover(` ${email.toUpperCase()} `);
    expect(link).toEqual({
      staffId: expect.any(String),
      kind: "invitation",
      email,
      url: expect.stringMatching(/^https:\/\/portal\.example\.org\/invitation#[\w-]{43}$/),
      expiresAt: new Date(NOW.getTime() + 72 * 3_600_000),
    });
    expect(await memberOf(link.staffId)).toEqual({ role: "administrator", isActive: false, joinedAt: null });
    await joinStaff(contextOf(VISITOR, NOW), { token: tokenOf(link), name: "Ana", password: PASSWORD });
    expect(await memberOf(link.staffId)).toMatchObject({ role: "administrator", isActive: true });
    expect(await actionsAbout(link.staffId)).toEqual(["staff.invited", "staff.joined"]);
  });

  it.each([
    ["an administrator who forgot the password", { role: "administrator", isActive: true }, []],
    ["a viewer", { role: "viewer", isActive: true }, ["staff.role_changed"]],
    ["a manager who was shut out", { role: "manager", isActive: false }, ["staff.activated", "staff.role_changed"]],
  ] as const)("%s, who chooses another password", async (_, state, changes) => {
    const { id, email } = await createStaffMember(state);
    const link = await recover(email);
    expect(link).toMatchObject({ staffId: id, kind: "password_reset" });
    expect(await memberOf(id)).toMatchObject({ role: "administrator", isActive: true });
    expect(await actionsAbout(id)).toEqual([...changes, "staff.password_reset_offered"].sort());
    await resetPassword(contextOf(VISITOR, NOW), { token: tokenOf(link), password: PASSWORD });
  });

  it("an administrator who has lost every second factor: the password alone signs in again", async () => {
    const member = await createStaffMember({ role: "administrator" });
    await addApp(await signInAs(member));
    await recover(member.email);
    const { hasSecondFactor } = await database().staffMember.findUniqueOrThrow({
      where: { id: member.id },
      select: { hasSecondFactor: true },
    });
    expect(hasSecondFactor).toBe(false);
    expect(await actionsAbout(member.id)).toContain("staff.second_factors_reset");
  });

  it("somebody who was invited and has not come, by another link, the one before being worth nothing", async () => {
    const email = `${randomUUID()}@example.org`;
    const first = await recover(email);
    const second = await recover(email);
    expect(second).toMatchObject({ staffId: first.staffId, kind: "invitation" });
    const join = (link: { url: string }) =>
      joinStaff(contextOf(VISITOR, NOW), { token: tokenOf(link), name: "Ana", password: PASSWORD });
    await expect(join(first)).rejects.toThrow("link_invalid");
    await join(second);
    expect(await memberOf(first.staffId)).toMatchObject({ role: "administrator", isActive: true });
  });

  it("nobody who signs in with the organisation, and changes nothing about them", async () => {
    const { id, email } = await createStaffMember({ role: "viewer", passwordHash: null });
    const identity = { issuer: "https://login.example.org", subject: randomUUID(), staffMemberId: id };
    await database().staffIdentity.create({ data: identity, select: { id: true } });
    await expect(recover(email)).rejects.toMatchObject({ reason: "password_not_used" });
    expect(await memberOf(id)).toMatchObject({ role: "viewer" });
    expect(await actionsAbout(id)).toEqual([]);
  });

  it.each(["", "nobody", "a@b@c", "ana@example.org, bob@example.org"])("nobody called “%s”", async (address) => {
    await expect(recover(address)).rejects.toMatchObject({ reason: "invalid" });
  });
});

it("what the operator did is told of the portal itself, from no address", async () => {
  const { id, email } = await createStaffMember({ role: "viewer" });
  await recover(email);
  const events = await database().auditEvent.findMany({ where: { targetId: id } });
  expect(events.map(({ actorKind, actorId, ip, requestId }) => ({ actorKind, actorId, ip, requestId }))).toEqual([
    { actorKind: "system", actorId: null, ip: null, requestId: null },
    { actorKind: "system", actorId: null, ip: null, requestId: null },
  ]);
});
