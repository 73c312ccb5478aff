import { beforeAll, describe, expect, it } from "vitest";
import type { StaffActor } from "@/lib/audit/actor";
import { database, inTransaction } from "@/lib/db/client";
import { setConfig } from "@/lib/env/config";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { auditEventsAbout, createStaffMember, dumpDatabase, TEST_PASSWORD } from "@/lib/testing/staff/staff-factory";
import { testConfig } from "@/lib/testing/test-config";
import { contextOf } from "@/lib/testing/verb-context";
import { createStaffSession } from "./sessions/create-staff-session";
import { endStaffSession } from "./sessions/end-staff-session";
import { findLiveSession } from "./sessions/find-live-session";
import { listOwnSessions } from "./sessions/list-own-sessions";
import { changePassword } from "./sign-in/change-password";
import { createSignInThrottle } from "./sign-in/sign-in-throttle";
import { verifyStaffPassword } from "./sign-in/verify-staff-password";

useTestDatabase();
beforeAll(() => setConfig(testConfig()));

const START = new Date("2026-01-01T09:00:00Z");
const NOW = new Date("2026-01-01T09:20:00Z");
const NEW_PASSWORD = "another horse entirely";

type Member = Awaited<ReturnType<typeof createStaffMember>>;

const startSession = (member: Member, ip = "192.0.2.7") =>
  inTransaction((tx) => createStaffSession(tx, member, { ip, now: START }));

async function signedIn(overrides = {}) {
  const member = await createStaffMember(overrides);
  const session = await findLiveSession(await startSession(member), START);
  if (session === undefined) throw new Error("The session does not count.");
  const actor: StaffActor = { kind: "staff", id: member.id, role: member.role, ip: "192.0.2.7", requestId: "r-1" };
  return { member, session, actor };
}

const change = (
  input: { currentPassword?: string; newPassword?: string },
  { session, actor }: Awaited<ReturnType<typeof signedIn>>,
  throttle = createSignInThrottle(),
) =>
  changePassword(
    { ...contextOf(actor, NOW), session },
    { currentPassword: TEST_PASSWORD, newPassword: NEW_PASSWORD, ...input },
    { throttle },
  );

describe("changePassword", () => {
  it("ends every session, of which no copy of a cookie survives, starts a fresh one for the browser that asks, and leaves one audit event", async () => {
    const who = await signedIn();
    const other = await startSession(who.member);
    const { sessionId, staffId } = await change({}, who);
    expect(staffId).toBe(who.member.id);
    expect([other, who.session.sessionId]).not.toContain(sessionId);
    expect(await findLiveSession(other, NOW)).toBeUndefined();
    expect(await findLiveSession(who.session.sessionId, NOW)).toBeUndefined();
    expect(await findLiveSession(sessionId, NOW)).toEqual({ ...who.session, sessionId, authenticatedAt: NOW });
    expect(await verifyStaffPassword(who.member.email, NEW_PASSWORD)).toMatchObject({ isVerified: true });
    expect(await verifyStaffPassword(who.member.email, TEST_PASSWORD)).toMatchObject({ isVerified: false });
    expect((await auditEventsAbout(who.member.id)).map(({ action }) => action)).toEqual(["staff.password_changed"]);
    expect(await dumpDatabase()).not.toContain(NEW_PASSWORD);
  });

  it.each([
    ["a wrong current password", { currentPassword: "wrong horse" }, { currentPassword: "current_password_wrong" }],
    ["the same password again", { newPassword: TEST_PASSWORD }, { newPassword: "password_unchanged" }],
    ["a short password", { newPassword: "short" }, { newPassword: "password_too_short" }],
  ])("refuses %s and changes nothing", async (_what, input, fieldErrors) => {
    const who = await signedIn();
    await expect(change(input, who)).rejects.toMatchObject({ code: "invalid", fieldErrors });
    expect(await verifyStaffPassword(who.member.email, TEST_PASSWORD)).toMatchObject({ isVerified: true });
    expect(await findLiveSession(who.session.sessionId, NOW)).toEqual(who.session);
  });

  it("is throttled like the sign-in form, the right password included", async () => {
    const who = await signedIn();
    const throttle = createSignInThrottle();
    for (let count = 0; count < 5; count += 1)
      await change({ currentPassword: "wrong" }, who, throttle).catch(() => {});
    await expect(change({}, who, throttle)).rejects.toMatchObject({ reason: "sign_in_throttled" });
  });

  it("is refused to a session that ended meanwhile, and starts none", async () => {
    const who = await signedIn();
    await endStaffSession(contextOf(who.actor, NOW), who.session.sessionId);
    await expect(change({}, who)).rejects.toMatchObject({ code: "unauthenticated", reason: "session_ended" });
    expect(await verifyStaffPassword(who.member.email, TEST_PASSWORD)).toMatchObject({ isVerified: true });
    expect(await database().staffSession.count({ where: { staffMemberId: who.member.id, endedAt: null } })).toBe(0);
  });

  it("starts one session for two changes at once", async () => {
    const who = await signedIn();
    const answers = await Promise.allSettled([change({}, who), change({}, who)]);
    expect(answers.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await database().staffSession.count({ where: { staffMemberId: who.member.id, endedAt: null } })).toBe(1);
  });

  it("takes away the duty to change a password that was made up at the first start", async () => {
    const who = await signedIn();
    await database().staffMember.update({
      where: { id: who.member.id },
      data: { mustChangePassword: true },
      select: { id: true },
    });
    expect((await findLiveSession(who.session.sessionId, NOW))?.mustChangePassword).toBe(true);
    const { sessionId } = await change({}, who);
    expect((await findLiveSession(sessionId, NOW))?.mustChangePassword).toBe(false);
  });
});

describe("listOwnSessions", () => {
  it("shows the live ones of the member, the one that asks first, with address and times, and nothing else", async () => {
    const who = await signedIn();
    const second = await startSession(who.member, "2001:db8::1");
    await endStaffSession(contextOf(who.actor, NOW), await startSession(who.member));
    await startSession(await createStaffMember());
    expect(await listOwnSessions(who.session, NOW)).toEqual([
      { id: who.session.sessionId, createdAt: START, lastSeenAt: START, ip: "192.0.2.7", isCurrent: true },
      { id: second, createdAt: START, lastSeenAt: START, ip: "2001:db8::1", isCurrent: false },
    ]);
    expect(await listOwnSessions(who.session, new Date("2026-01-01T09:30:00Z"))).toEqual([]);
  });
});

describe("endStaffSession", () => {
  it("does not end the session of somebody else", async () => {
    const who = await signedIn();
    const foreign = await startSession(await createStaffMember());
    await endStaffSession(contextOf(who.actor, NOW), foreign);
    expect(await findLiveSession(foreign, NOW)).toBeDefined();
  });
});
