import { beforeAll, describe, expect, it, vi } from "vitest";
import type { VisitorActor } from "@/lib/audit/actor";
import { database } from "@/lib/db/client";
import { setConfig } from "@/lib/env/config";
import { findLiveSession } from "@/lib/staff/sessions/find-live-session";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import {
  auditEventsAbout,
  createStaffMember,
  dumpDatabase,
  signedInOf,
  TEST_PASSWORD,
} from "@/lib/testing/staff/staff-factory";
import { testConfig } from "@/lib/testing/test-config";
import { contextOf } from "@/lib/testing/verb-context";
import { authenticateStaff, type KnownDevice, type SignInInput } from "./authenticate-staff";
import { createSignInThrottle } from "./sign-in-throttle";

useTestDatabase();
beforeAll(() => setConfig(testConfig()));

const NOW = new Date("2026-01-01T09:00:00Z");
const VISITOR: VisitorActor = { kind: "system", ip: "192.0.2.7", requestId: "request-1" };
const FAILED = { code: "unauthenticated", reason: "sign_in_failed" };

async function attempt(
  input: Partial<SignInInput> & { device?: KnownDevice },
  {
    throttle = createSignInThrottle(),
    replacedSessionId,
    ...request
  }: Partial<VisitorActor> & { throttle?: ReturnType<typeof createSignInThrottle>; replacedSessionId?: string } = {},
) {
  const answer = await authenticateStaff(
    contextOf({ ...VISITOR, ...request }, NOW),
    { email: "nobody@example.com", password: TEST_PASSWORD, replacedSessionId, ...input },
    { throttle },
  );
  return signedInOf(answer);
}

const sessionsOf = (staffMemberId: string) =>
  database().staffSession.findMany({ where: { staffMemberId }, orderBy: { createdAt: "asc" } });

describe("authenticateStaff", () => {
  it("starts a session that says who signed in", async () => {
    const { id, email, name, role } = await createStaffMember();
    const { staffId, sessionId } = await attempt({ email });
    expect(staffId).toBe(id);
    expect(await findLiveSession(sessionId, NOW)).toEqual({
      sessionId,
      authenticatedAt: NOW,
      signInMethod: "password",
      mustChangePassword: false,
      hasSecondFactor: false,
      staff: { id, name, email, role },
    });
  });

  it("stores since when, until when, from where and for which version", async () => {
    const { id, email } = await createStaffMember();
    const { sessionId } = await attempt({ email });
    expect(await sessionsOf(id)).toEqual([
      {
        id: sessionId,
        staffMemberId: id,
        sessionVersion: 0,
        createdAt: NOW,
        authenticatedAt: NOW,
        signInMethod: "password",
        lastSeenAt: NOW,
        expiresAt: new Date("2026-01-01T17:00:00Z"),
        endedAt: null,
        ip: "192.0.2.7",
      },
    ]);
    const member = await database().staffMember.findUniqueOrThrow({ where: { id }, select: { lastSignedInAt: true } });
    expect(member.lastSignedInAt).toEqual(NOW);
  });

  it.each([
    ["upper case", (email: string) => email.toUpperCase()],
    ["spaces around it", (email: string) => `  ${email}\n`],
    ["full-width letters", (email: string) => email.replace("m", "\uFF4D")],
  ])("knows the e-mail in %s", async (_how, write) => {
    const { id, email } = await createStaffMember();
    expect((await attempt({ email: write(email) })).staffId).toBe(id);
  });

  it("records the sign-in by the member, from where and in which request", async () => {
    const { id, email } = await createStaffMember();
    await attempt({ email });
    expect(await auditEventsAbout(id)).toEqual([
      {
        actorKind: "staff",
        actorId: id,
        action: "staff.signed_in",
        targetKind: "staff_member",
        ip: "192.0.2.7",
        requestId: "request-1",
        changes: {},
      },
    ]);
  });

  it("starts no session when the sign-in cannot be recorded", async () => {
    const { id, email } = await createStaffMember();
    await expect(attempt({ email }, { requestId: "x".repeat(65) })).rejects.toThrow(/auditEvent\.create/);
    expect(await sessionsOf(id)).toEqual([]);
  });

  it("ends the session that the browser had before, and no other", async () => {
    const { id, email } = await createStaffMember();
    const other = await attempt({ email });
    const before = await attempt({ email });
    const after = await attempt({ email }, { replacedSessionId: before.sessionId });
    expect(after.sessionId).not.toBe(before.sessionId);
    const ended = new Map((await sessionsOf(id)).map((session) => [session.id, session.endedAt]));
    expect(ended).toEqual(
      new Map([
        [other.sessionId, null],
        [before.sessionId, NOW],
        [after.sessionId, null],
      ]),
    );
  });
});

describe("a refused sign-in", () => {
  it.each([
    ["a wrong password", { password: "wrong horse battery staple" }],
    ["an empty password", { password: "" }],
    ["a password with a space more", { password: `${TEST_PASSWORD} ` }],
    ["a password in upper case", { password: TEST_PASSWORD.toUpperCase() }],
    ["a password of a megabyte", { password: TEST_PASSWORD.repeat(40_000) }],
    ["an unknown e-mail", { email: "nobody@example.com" }],
    ["an empty e-mail", { email: "" }],
    ["no e-mail at all", { email: "' OR 1=1 --" }],
    ["two e-mails", { email: "a@example.com,b@example.com" }],
    ["U+0000 in the e-mail", { email: "a\u0000@example.com" }],
  ])("says the same for %s and starts no session", async (_what, input) => {
    const { id, email } = await createStaffMember();
    const failure = await attempt({ email, ...input }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ ...FAILED, fieldErrors: undefined, detail: undefined, cause: undefined });
    expect(await sessionsOf(id)).toEqual([]);
  });

  it.each([
    ["an inactive member", { isActive: false }],
    ["a member without a password", { passwordHash: null }],
  ])("says the same for %s with the right password", async (_who, overrides) => {
    const { id, email } = await createStaffMember(overrides);
    await expect(attempt({ email })).rejects.toMatchObject(FAILED);
    expect(await sessionsOf(id)).toEqual([]);
  });

  it.each([
    ["71:59 hours", 72 * 3_600_000 - 60_000, true],
    ["72 hours", 72 * 3_600_000, false],
  ])("takes the password of the first start for 72 hours: %s after it", async (_when, age, isTaken) => {
    const { id, email } = await createStaffMember();
    const data = { mustChangePassword: true, createdAt: new Date(NOW.getTime() - age) };
    await database().staffMember.update({ where: { id }, data, select: { id: true } });
    if (isTaken) return void expect((await attempt({ email })).staffId).toBe(id);
    const expired = { code: "unauthenticated", reason: "generated_password_expired" };
    await expect(attempt({ email })).rejects.toMatchObject(expired);
    await expect(attempt({ email, password: "wrong" })).rejects.toMatchObject(FAILED);
    expect(await sessionsOf(id)).toEqual([]);
  });

  it("does not take the stored hash for the password", async () => {
    const { id, email } = await createStaffMember();
    const row = await database().staffMember.findUniqueOrThrow({ where: { id }, select: { passwordHash: true } });
    await expect(attempt({ email, password: row.passwordHash ?? "" })).rejects.toMatchObject(FAILED);
  });

  it("is recorded about the member when there is one, by the system, with nothing that was typed", async () => {
    const { id, email } = await createStaffMember();
    await attempt({ email, password: "canary password typed" }).catch(() => {});
    expect(await auditEventsAbout(id)).toEqual([
      {
        actorKind: "system",
        actorId: null,
        action: "staff.sign_in_failed",
        targetKind: "staff_member",
        ip: "192.0.2.7",
        requestId: "request-1",
        changes: {},
      },
    ]);
    expect(await dumpDatabase()).not.toContain("canary password typed");
  });

  it("is recorded about nobody for an unknown e-mail, which is not stored, and summed up: the 1st, 10th and 100th of a day", async () => {
    Reflect.deleteProperty(globalThis, Symbol.for("vestibule.unknown-names"));
    const before = await auditEventsAbout(null);
    const guess = (index: number, at: Date) => {
      const input = { email: `canary-unknown-${index}@example.com`, password: TEST_PASSWORD };
      const visitor = { ...VISITOR, ip: `198.51.100.${index}` };
      return authenticateStaff(contextOf(visitor, at), input, { throttle: createSignInThrottle() }).catch(() => {});
    };
    for (let index = 1; index <= 101; index += 1) await guess(index, NOW);
    await guess(102, new Date(NOW.getTime() + 86_400_000));
    const events = (await auditEventsAbout(null)).slice(before.length);
    const failed = { action: "staff.sign_in_failed", actorKind: "system", actorId: null };
    expect(events).toMatchObject(
      [1, 10, 100, 1].map((failures) => ({ ...failed, changes: { failures: { before: null, after: failures } } })),
    );
    expect(await dumpDatabase()).not.toContain("canary-unknown");
  });

  it("costs one password check whether or not the e-mail is known", async () => {
    const { email } = await createStaffMember();
    const verify = vi.spyOn(database().staffMember, "verifySecret");
    await attempt({ email, password: "wrong horse" }).catch(() => {});
    await attempt({ email: "nobody@example.com", password: "wrong horse" }).catch(() => {});
    await attempt({ email: "not an e-mail", password: "wrong horse" }).catch(() => {});
    expect(verify).toHaveBeenCalledTimes(3);
  });
});

describe("guessing", () => {
  it("is refused after five failures, with the right password too, and leaves no further audit events", async () => {
    const { id, email } = await createStaffMember();
    const throttle = createSignInThrottle();
    for (let count = 0; count < 5; count += 1)
      await attempt({ email, password: "wrong" }, { throttle }).catch(() => {});
    for (let count = 0; count < 3; count += 1) {
      await expect(attempt({ email }, { throttle })).rejects.toMatchObject({
        code: "unavailable",
        reason: "sign_in_throttled",
      });
    }
    expect((await auditEventsAbout(id)).map(({ action }) => action)).toEqual(Array(5).fill("staff.sign_in_failed"));
    expect(await sessionsOf(id)).toEqual([]);
  });

  it("does not lock the owner out from elsewhere", async () => {
    const { id, email } = await createStaffMember();
    const throttle = createSignInThrottle();
    for (let count = 0; count < 6; count += 1)
      await attempt({ email, password: "wrong" }, { throttle }).catch(() => {});
    expect((await attempt({ email }, { throttle, ip: "198.51.100.9" })).staffId).toBe(id);
  });

  it("counts for the browser where the member has signed in before, and not for its address", async () => {
    const { id, email } = await createStaffMember();
    const throttle = createSignInThrottle();
    const device = { email, deviceId: "d-1" };
    for (let count = 0; count < 6; count += 1)
      await attempt({ email, password: "wrong" }, { throttle }).catch(() => {});
    await expect(attempt({ email }, { throttle })).rejects.toMatchObject({ reason: "sign_in_throttled" });
    expect((await attempt({ email, device }, { throttle })).staffId).toBe(id);
    for (let count = 0; count < 5; count += 1)
      await attempt({ email, device, password: "wrong" }, { throttle }).catch(() => {});
    await expect(attempt({ email, device }, { throttle })).rejects.toMatchObject({ reason: "sign_in_throttled" });
  });

  it("gives the browser of one member no counter for guesses at another", async () => {
    const [{ email }, other] = [await createStaffMember(), await createStaffMember()];
    const throttle = createSignInThrottle();
    const device = { email: other.email, deviceId: "d-1" };
    for (let count = 0; count < 5; count += 1)
      await attempt({ email, password: "wrong" }, { throttle }).catch(() => {});
    await expect(attempt({ email, device }, { throttle })).rejects.toMatchObject({ reason: "sign_in_throttled" });
  });

  it("counts all addresses of one IPv6 network, and all spellings of one e-mail, together", async () => {
    const { email } = await createStaffMember();
    const throttle = createSignInThrottle();
    for (let count = 0; count < 5; count += 1) {
      const spelling = count % 2 === 0 ? email : ` ${email.toUpperCase()}`;
      const ip = `2001:db8:1:2:${count}::1`;
      await attempt({ email: spelling, password: "wrong" }, { throttle, ip }).catch(() => {});
    }
    await expect(attempt({ email }, { throttle, ip: "2001:db8:1:2::ffff" })).rejects.toMatchObject({
      reason: "sign_in_throttled",
    });
    await expect(attempt({ email }, { throttle, ip: "2001:db8:1:3::1" })).resolves.toBeDefined();
  });
});
