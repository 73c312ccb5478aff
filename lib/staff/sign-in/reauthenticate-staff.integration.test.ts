import { beforeAll, describe, expect, it } from "vitest";
import type { StaffActor, VisitorActor } from "@/lib/audit/actor";
import { database, inTransaction } from "@/lib/db/client";
import { setConfig } from "@/lib/env/config";
import { createStaffSession } from "@/lib/staff/sessions/create-staff-session";
import { findLiveSession } from "@/lib/staff/sessions/find-live-session";
import type { StaffSessionView } from "@/lib/staff/sessions/staff-session.types";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { auditEventsAbout, createStaffMember, dumpDatabase, TEST_PASSWORD } from "@/lib/testing/staff/staff-factory";
import { testConfig } from "@/lib/testing/test-config";
import { contextOf } from "@/lib/testing/verb-context";
import { authenticateStaff } from "./authenticate-staff";
import { reauthenticateStaff } from "./reauthenticate-staff";
import { createSignInThrottle } from "./sign-in-throttle";

useTestDatabase();
beforeAll(() => setConfig(testConfig()));

const SIGNED_IN = new Date("2026-01-01T09:00:00Z");
const NOW = new Date("2026-01-01T09:20:00Z");

async function signedIn(overrides = {}): Promise<{ session: StaffSessionView; actor: StaffActor }> {
  const member = await createStaffMember(overrides);
  const sessionId = await inTransaction((tx) => createStaffSession(tx, member, { ip: "192.0.2.7", now: SIGNED_IN }));
  const session = await findLiveSession(sessionId, SIGNED_IN);
  if (session === undefined) throw new Error("The session does not count.");
  return {
    session,
    actor: { kind: "staff", id: member.id, role: member.role, ip: "192.0.2.7", requestId: "request-1" },
  };
}

const prove = (
  password: string,
  { session, actor }: { session: StaffSessionView; actor: StaffActor },
  throttle = createSignInThrottle(),
) => reauthenticateStaff({ ...contextOf(actor, NOW), session }, { password }, { throttle });

describe("reauthenticateStaff", () => {
  it("puts a fresh session in the place of the old one, of which a copy is worthless from then on", async () => {
    const who = await signedIn();
    const { sessionId, staffId } = await prove(TEST_PASSWORD, who);
    expect(staffId).toBe(who.session.staff.id);
    expect(sessionId).not.toBe(who.session.sessionId);
    expect(await findLiveSession(sessionId, NOW)).toEqual({ ...who.session, sessionId, authenticatedAt: NOW });
    expect(await findLiveSession(who.session.sessionId, NOW)).toBeUndefined();
  });

  it("leaves one audit event, by the member", async () => {
    const who = await signedIn();
    await prove(TEST_PASSWORD, who);
    expect(await auditEventsAbout(who.actor.id)).toEqual([
      {
        actorKind: "staff",
        actorId: who.actor.id,
        action: "staff.reauthenticated",
        targetKind: "staff_member",
        ip: "192.0.2.7",
        requestId: "request-1",
        changes: {},
      },
    ]);
  });

  it.each(["", "wrong horse battery staple", `${TEST_PASSWORD} `, "x".repeat(100_000)])(
    "refuses a password that is not theirs, keeps the session as it was, and records it without what was typed",
    async (password) => {
      const who = await signedIn();
      await expect(prove(password, who)).rejects.toMatchObject({
        code: "unauthenticated",
        reason: "reauthentication_failed",
        detail: undefined,
      });
      expect(await findLiveSession(who.session.sessionId, NOW)).toEqual(who.session);
      const events = await auditEventsAbout(who.actor.id);
      expect(events).toMatchObject([{ action: "staff.reauthentication_failed", actorId: who.actor.id, changes: {} }]);
      if (password !== "") expect(await dumpDatabase()).not.toContain(password);
    },
  );

  it.each([
    ["has no password", { passwordHash: null }],
    ["was deactivated meanwhile", {}],
  ])("refuses a member who %s", async (what, overrides) => {
    const who = await signedIn(overrides);
    if (what.startsWith("was")) {
      await database().staffMember.update({
        where: { id: who.actor.id },
        data: { isActive: false },
        select: { id: true },
      });
    }
    await expect(prove(TEST_PASSWORD, who)).rejects.toMatchObject({ reason: "reauthentication_failed" });
  });

  it("revives no session that ended meanwhile", async () => {
    const who = await signedIn();
    const { id } = await database().staffSession.update({
      where: { id: who.session.sessionId },
      data: { endedAt: NOW },
      select: { id: true },
    });
    await expect(prove(TEST_PASSWORD, who)).rejects.toMatchObject({ reason: "session_ended" });
    const sessions = await database().staffSession.findMany({ where: { staffMemberId: who.actor.id } });
    expect(sessions.map((session) => session.id)).toEqual([id]);
  });

  it("makes one session of two proofs at once", async () => {
    const who = await signedIn();
    const answers = await Promise.allSettled([prove(TEST_PASSWORD, who), prove(TEST_PASSWORD, who)]);
    expect(answers.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const live = await database().staffSession.count({ where: { staffMemberId: who.actor.id, endedAt: null } });
    expect(live).toBe(1);
  });

  it("is refused after five wrong passwords of the session, the right one included", async () => {
    const who = await signedIn();
    const throttle = createSignInThrottle();
    for (let count = 0; count < 5; count += 1) await prove("wrong", who, throttle).catch(() => {});
    await expect(prove(TEST_PASSWORD, who, throttle)).rejects.toMatchObject({ reason: "sign_in_throttled" });
  });

  it("works however many strangers at the same address have guessed for the same member", async () => {
    const who = await signedIn();
    const throttle = createSignInThrottle();
    const visitor: VisitorActor = { kind: "system", ip: who.actor.ip, requestId: "request-2" };
    const wrong = { email: who.session.staff.email, password: "wrong" };
    for (let count = 0; count < 8; count += 1) {
      await authenticateStaff(contextOf(visitor, NOW), wrong, { throttle }).catch(() => {});
    }
    expect((await prove(TEST_PASSWORD, who, throttle)).staffId).toBe(who.actor.id);
  });
});
