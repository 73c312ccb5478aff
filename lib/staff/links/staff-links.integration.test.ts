import { beforeAll, describe, expect, it } from "vitest";
import type { StaffActor, VisitorActor } from "@/lib/audit/actor";
import { database, inTransaction } from "@/lib/db/client";
import { setConfig } from "@/lib/env/config";
import { createStaffSession } from "@/lib/staff/sessions/create-staff-session";
import { findLiveSession } from "@/lib/staff/sessions/find-live-session";
import { setStaffStatus } from "@/lib/staff/set-staff-status";
import { verifyStaffPassword } from "@/lib/staff/sign-in/verify-staff-password";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import {
  auditEventsAbout,
  createStaffActor,
  createStaffMember,
  dumpDatabase,
  TEST_PASSWORD,
} from "@/lib/testing/staff/staff-factory";
import { testConfig } from "@/lib/testing/test-config";
import { contextOf } from "@/lib/testing/verb-context";
import { inviteStaffMember } from "./invite-staff-member";
import { issueStaffLink } from "./issue-staff-link";
import { openStaffLink } from "./open-staff-link";
import { joinStaff, resetPassword } from "./redeem-staff-link";
import { revokeInvitation } from "./revoke-invitation";

useTestDatabase();
beforeAll(() => setConfig(testConfig({ publicUrl: "https://portal.example.org" })));

const NOW = new Date("2026-01-01T09:00:00Z");
const VISITOR: VisitorActor = { kind: "system", ip: "192.0.2.7", requestId: "request-1" };
const INVALID = { code: "not_found", reason: "link_invalid" };
const hoursLater = (hours: number) => new Date(NOW.getTime() + hours * 3_600_000);
const tokenOf = ({ url }: { url: string }) => url.split("#")[1] ?? "";

const issue = (staffId: string, actor: StaffActor) => issueStaffLink(contextOf(actor, NOW), staffId);
const reset = (token: string, password = TEST_PASSWORD) => resetPassword(contextOf(VISITOR, NOW), { token, password });

let counter = 0;
async function invite(role: "viewer" | "manager" | "administrator" = "manager") {
  counter += 1;
  const actor = await createStaffActor({ role: "administrator" });
  const link = await inviteStaffMember(contextOf(actor, NOW), { email: `Invited-${counter}@Example.com`, role });
  return { ...link, actor, token: tokenOf(link) };
}

const join = (token: string, changes: { password?: string; now?: Date } = {}) =>
  joinStaff(contextOf(VISITOR, changes.now ?? NOW), {
    token,
    name: "Ana",
    password: changes.password ?? TEST_PASSWORD,
  });

describe("an invitation", () => {
  it("is a link whose token stands in the fragment only, and of which the hash alone is stored", async () => {
    const { url, token, expiresAt } = await invite();
    expect(url).toMatch(/^https:\/\/portal\.example\.org\/invitation#[A-Za-z0-9_-]{43}$/);
    expect(expiresAt).toEqual(hoursLater(72));
    expect(await dumpDatabase()).not.toContain(token);
  });

  it("lets nobody sign in before it is used, with any password", async () => {
    const { email } = await invite();
    expect(await verifyStaffPassword(email, TEST_PASSWORD)).toMatchObject({ isVerified: false });
  });

  it("gives the account its name, its password and its life", async () => {
    const { token, staffId, email } = await invite("viewer");
    expect(await openStaffLink(token, NOW)).toEqual({ kind: "invitation", email, name: "" });
    expect(await join(token)).toEqual({ email: email.toLowerCase() });
    expect(await verifyStaffPassword(email, TEST_PASSWORD)).toMatchObject({
      isVerified: true,
      member: { id: staffId, role: "viewer" },
    });
    expect((await auditEventsAbout(staffId)).map(({ action, actorId }) => [action, actorId === staffId])).toEqual([
      ["staff.invited", false],
      ["staff.joined", true],
    ]);
  });

  it("works once: of eight tries at once, one succeeds", async () => {
    const { token } = await invite();
    const answers = await Promise.allSettled(Array.from({ length: 8 }, () => join(token)));
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const answer of answers) if (answer.status === "rejected") expect(answer.reason).toMatchObject(INVALID);
    await expect(join(token)).rejects.toMatchObject(INVALID);
    await expect(openStaffLink(token, NOW)).rejects.toMatchObject(INVALID);
  });

  it.each([
    ["after 72 hours", hoursLater(72)],
    ["a year later", hoursLater(365 * 24)],
  ])("does not work %s", async (_when, now) => {
    const { token } = await invite();
    await expect(openStaffLink(token, now)).rejects.toMatchObject(INVALID);
    await expect(join(token, { now })).rejects.toMatchObject(INVALID);
  });

  it.each(["", "x", "a".repeat(43), "%", "' OR 1=1 --"])("is not guessed with %j", async (token) => {
    await invite();
    await expect(openStaffLink(token, NOW)).rejects.toMatchObject(INVALID);
    await expect(join(token)).rejects.toMatchObject(INVALID);
  });

  it("is not used up by a password that may not be chosen", async () => {
    const { token } = await invite();
    const hash = "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$aGFzaGhhc2hoYXNo";
    await expect(join(token, { password: hash })).rejects.toMatchObject({
      fieldErrors: { password: "password_looks_hashed" },
    });
    await expect(join(token, { password: "short" })).rejects.toMatchObject({
      fieldErrors: { password: "password_too_short" },
    });
    await expect(join(token)).resolves.toBeDefined();
  });

  it("can be renewed, which ends the link before", async () => {
    const { token, staffId, actor } = await invite();
    const renewed = await issue(staffId, actor);
    expect(renewed.kind).toBe("invitation");
    await expect(join(token)).rejects.toMatchObject(INVALID);
    await expect(join(tokenOf(renewed))).resolves.toBeDefined();
  });

  it("can be taken back: the link is dead, the e-mail free", async () => {
    const { token, staffId, actor, email } = await invite();
    await revokeInvitation(contextOf(actor, NOW), staffId);
    await expect(join(token)).rejects.toMatchObject(INVALID);
    await expect(inviteStaffMember(contextOf(actor, NOW), { email, role: "viewer" })).resolves.toBeDefined();
  });

  it("cannot be taken back once it was used", async () => {
    const { token, staffId, actor } = await invite();
    await join(token);
    await expect(revokeInvitation(contextOf(actor, NOW), staffId)).rejects.toMatchObject({ reason: "has_joined" });
  });

  it("is refused for an e-mail that somebody has, in any spelling, and for what is none", async () => {
    const actor = await createStaffActor({ role: "administrator" });
    const { email } = await createStaffMember();
    const ctx = contextOf(actor, NOW);
    await expect(inviteStaffMember(ctx, { email: email.toUpperCase(), role: "viewer" })).rejects.toMatchObject({
      fieldErrors: { email: "email_taken" },
    });
    await expect(inviteStaffMember(ctx, { email: "a@b@c", role: "viewer" })).rejects.toMatchObject({
      fieldErrors: { email: "email_invalid" },
    });
  });

  it("does not set the password of somebody who is here, nor is a password link an invitation", async () => {
    const { token } = await invite();
    await expect(reset(token)).rejects.toMatchObject(INVALID);
    const { id } = await createStaffMember();
    const link = await issue(id, await createStaffActor({ role: "administrator" }));
    await expect(join(tokenOf(link))).rejects.toMatchObject(INVALID);
  });
});

describe("a password link", () => {
  it("sets another password for a day, ends every session, and leaves the old password until then", async () => {
    const actor = await createStaffActor({ role: "administrator" });
    const member = await createStaffMember();
    const sessionId = await inTransaction((tx) => createStaffSession(tx, member, { ip: "192.0.2.7", now: NOW }));
    const link = await issue(member.id, actor);
    expect(link).toMatchObject({ kind: "password_reset", expiresAt: hoursLater(24) });
    expect(link.url).toMatch(/^https:\/\/portal\.example\.org\/new-password#/);
    expect(await verifyStaffPassword(member.email, TEST_PASSWORD)).toMatchObject({ isVerified: true });

    await reset(tokenOf(link), "another horse entirely");
    expect(await verifyStaffPassword(member.email, TEST_PASSWORD)).toMatchObject({ isVerified: false });
    expect(await verifyStaffPassword(member.email, "another horse entirely")).toMatchObject({ isVerified: true });
    expect(await findLiveSession(sessionId, NOW)).toBeUndefined();
    expect((await auditEventsAbout(member.id)).map(({ action }) => action)).toEqual([
      "staff.password_reset_offered",
      "staff.password_reset",
    ]);
    expect(await dumpDatabase()).not.toContain("another horse entirely");
  });

  it("dies with the member's deactivation, and is refused for who is inactive or signs in elsewhere", async () => {
    const actor = await createStaffActor({ role: "administrator" });
    const member = await createStaffMember();
    const link = await issue(member.id, actor);
    await setStaffStatus(contextOf(actor, NOW), { staffId: member.id, isActive: false });
    await expect(reset(tokenOf(link))).rejects.toMatchObject(INVALID);
    await expect(issue(member.id, actor)).rejects.toMatchObject({ reason: "member_inactive" });

    const external = await createStaffMember({ passwordHash: null });
    const issuer = "https://id.example";
    await database().staffIdentity.create({ data: { staffMemberId: external.id, issuer, subject: "s" } });
    await expect(issue(external.id, actor)).rejects.toMatchObject({ reason: "password_not_used" });
  });
});
