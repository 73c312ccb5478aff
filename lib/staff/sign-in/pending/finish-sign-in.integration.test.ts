import { beforeAll, describe, expect, it } from "vitest";
import { database } from "@/lib/db/client";
import { setConfig } from "@/lib/env/config";
import { removeAuthenticatorApp } from "@/lib/staff/second-factor/change-authenticator-app";
import type { PasskeyAnswer } from "@/lib/staff/second-factor/passkeys/passkey.schema";
import { findLiveSession } from "@/lib/staff/sessions/find-live-session";
import { signOutEverywhere } from "@/lib/staff/sessions/sign-out-everywhere";
import { authenticateStaff, type KnownDevice } from "@/lib/staff/sign-in/authenticate-staff";
import { createSecondFactorThrottle, createSignInThrottle } from "@/lib/staff/sign-in/sign-in-throttle";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { addApp, STEP_MS, signInAs, VISITOR } from "@/lib/testing/staff/second-factors";
import { auditEventsAbout, createStaffMember, dumpDatabase, TEST_PASSWORD } from "@/lib/testing/staff/staff-factory";
import { testConfig } from "@/lib/testing/test-config";
import { contextOf } from "@/lib/testing/verb-context";
import { finishSignIn } from "./finish-sign-in";
import { findPendingSignIn } from "./pending-sign-in";

useTestDatabase();
beforeAll(() => setConfig(testConfig()));

const ENROLLED = new Date("2026-01-01T08:00:00Z");
const NOW = new Date("2026-01-01T09:00:00Z");
const LOST = { code: "unauthenticated", reason: "second_factor_lost" };
const FAILED = { code: "unauthenticated", reason: "second_factor_failed" };

/** A member with an authenticator app, and the session in which they added it. */
async function enrolled() {
  const member = await createStaffMember();
  const ctx = await signInAs(member, { at: () => ENROLLED });
  return { ...member, ctx, ...(await addApp(ctx)) };
}

/** Gives the right password and returns the token of what is pending. */
async function givePassword(email: string, { device, at = NOW }: { device?: KnownDevice; at?: Date } = {}) {
  const input = { email, password: TEST_PASSWORD, device };
  const answer = await authenticateStaff(contextOf(VISITOR, at), input, { throttle: createSignInThrottle() });
  if (!("pending" in answer)) throw new Error("Nothing is pending.");
  return answer.pending.token;
}

function finish(
  token: string | undefined,
  shown: string | PasskeyAnswer,
  {
    at = NOW,
    throttle = createSecondFactorThrottle(),
    ip = VISITOR.ip,
    replacedSessionId = undefined as string | undefined,
  } = {},
) {
  const proof = typeof shown === "string" ? { code: shown } : { passkey: shown };
  return finishSignIn(contextOf({ ...VISITOR, ip }, at), { token, proof, replacedSessionId }, { throttle });
}

const liveSessionsOf = (staffMemberId: string) =>
  database().staffSession.count({ where: { staffMemberId, endedAt: null } });

describe("the password of a member with a second factor", () => {
  it("starts no session and is no sign-in yet", async () => {
    const { id, email, ctx } = await enrolled();
    await givePassword(email);
    expect(await liveSessionsOf(id)).toBe(1);
    expect(await findLiveSession(ctx.session.sessionId, ENROLLED)).toBeDefined();
    expect((await auditEventsAbout(id)).map(({ action }) => action)).not.toContain("staff.signed_in");
  });

  it("leaves the session that the browser had as it is until the second factor was right", async () => {
    const { id, email, codeAt } = await enrolled();
    const other = await signInAs({ id, sessionVersion: 0 }, { at: () => NOW });
    const { sessionId: replacedSessionId } = other.session;
    const token = await givePassword(email);
    expect(await findLiveSession(replacedSessionId, NOW)).toBeDefined();
    await finish(token, codeAt(NOW), { replacedSessionId });
    expect(await findLiveSession(replacedSessionId, NOW)).toBeUndefined();
  });

  it("leaves a token that is stored as a hash only", async () => {
    const { email } = await enrolled();
    const token = await givePassword(email);
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(await dumpDatabase()).not.toContain(token);
  });
});

describe("finishSignIn", () => {
  it("starts a session that did not exist before, once, and notes with what", async () => {
    const { id, email, codeAt } = await enrolled();
    const token = await givePassword(email);
    const signedIn = await finish(token, codeAt(NOW));
    expect(signedIn).toMatchObject({ staffId: id, email });
    expect(await findLiveSession(signedIn.sessionId, NOW)).toMatchObject({ authenticatedAt: NOW, staff: { id } });
    expect((await auditEventsAbout(id)).at(-1)).toMatchObject({
      actorId: id,
      action: "staff.signed_in",
      changes: { factor: { before: null, after: "authenticator_app" } },
    });
  });

  it("takes a recovery code instead, once", async () => {
    const { id, email, recoveryCodes } = await enrolled();
    const [code = ""] = recoveryCodes;
    expect((await finish(await givePassword(email), code)).staffId).toBe(id);
    await expect(finish(await givePassword(email), code)).rejects.toMatchObject(FAILED);
  });

  it("refuses a pending sign-in that was finished", async () => {
    const { email, codeAt } = await enrolled();
    const token = await givePassword(email);
    await finish(token, codeAt(NOW));
    const next = new Date(NOW.getTime() + STEP_MS);
    await expect(finish(token, codeAt(next), { at: next })).rejects.toMatchObject(LOST);
  });

  it("lets one in of several that finish the same at once", async () => {
    const { id, email, recoveryCodes } = await enrolled();
    const token = await givePassword(email);
    const tries = await Promise.allSettled(recoveryCodes.slice(0, 5).map((code) => finish(token, code)));
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await database().staffRecoveryCode.count({ where: { staffMemberId: id, usedAt: { not: null } } })).toBe(1);
  });

  it.each([
    ["nothing is pending", () => undefined],
    ["the token is empty", () => ""],
    ["the token is made up", () => "x".repeat(43)],
  ])("refuses where %s", async (_what, token) => {
    const { codeAt } = await enrolled();
    await expect(finish(token(), codeAt(NOW))).rejects.toMatchObject(LOST);
  });

  it("refuses ten minutes after the password", async () => {
    const { email, codeAt } = await enrolled();
    const token = await givePassword(email);
    const [last, over] = [new Date(NOW.getTime() + 600_000 - 1), new Date(NOW.getTime() + 600_000)];
    expect(await findPendingSignIn(token, last)).toBeDefined();
    await expect(finish(token, codeAt(over), { at: over })).rejects.toMatchObject(LOST);
  });

  it.each([
    [
      "was deactivated",
      ({ id }: { id: string }) => database().staffMember.update({ where: { id }, data: { isActive: false } }),
    ],
    [
      "was signed out everywhere",
      ({ ctx }: Awaited<ReturnType<typeof enrolled>>) => signOutEverywhere(ctx, ctx.actor.id),
    ],
    ["has no second factor any more", ({ ctx }: Awaited<ReturnType<typeof enrolled>>) => removeAuthenticatorApp(ctx)],
  ])("refuses when the member %s since", async (_what, happen) => {
    const member = await enrolled();
    const token = await givePassword(member.email);
    await happen(member);
    await expect(finish(token, member.codeAt(NOW))).rejects.toMatchObject(LOST);
    await expect(finish(token, member.recoveryCodes[0] ?? "")).rejects.toMatchObject(LOST);
  });

  it("refuses the code of somebody else", async () => {
    const [ana, bob] = [await enrolled(), await enrolled()];
    const token = await givePassword(ana.email);
    await expect(finish(token, bob.codeAt(NOW))).rejects.toMatchObject(FAILED);
    await expect(finish(token, bob.recoveryCodes[0] ?? "")).rejects.toMatchObject(FAILED);
    expect(await liveSessionsOf(ana.id)).toBe(1);
  });

  it.each([
    ["a code of no app", "000000"],
    ["nothing", ""],
    ["junk", "abc"],
    ["a recovery code that was never made", "abcde-fghjk-mnpqr-stuvw-xyz23"],
  ])("refuses %s, notes it, and goes on waiting for the right one", async (_what, code) => {
    const { id, email, codeAt } = await enrolled();
    const token = await givePassword(email);
    await expect(finish(token, code)).rejects.toMatchObject(FAILED);
    expect((await auditEventsAbout(id)).at(-1)).toMatchObject({
      actorKind: "system",
      action: "staff.sign_in_failed",
      changes: { step: { before: null, after: "second_factor" } },
    });
    expect((await finish(token, codeAt(NOW))).staffId).toBe(id);
  });

  it("refuses the code of an app that was offered only: no app is in force", async () => {
    const { id, email, ctx, recoveryCodes } = await enrolled();
    await database().staffPasskey.create({
      data: { staffMemberId: id, credentialId: `key-of-${id}`, publicKey: "AA", name: "Key" },
      select: { id: true },
    });
    await removeAuthenticatorApp(ctx);
    const token = await givePassword(email);
    await expect(finish(token, "123456")).rejects.toMatchObject(FAILED);
    expect((await finish(token, recoveryCodes[0] ?? "")).staffId).toBe(id);
  });
});

describe("guessing second factors", () => {
  it("is over after five wrong ones from one network, also for the right one, whatever password was given again", async () => {
    const { email, codeAt } = await enrolled();
    const throttle = createSecondFactorThrottle();
    for (let count = 0; count < 5; count += 1) {
      await expect(finish(await givePassword(email), "000000", { throttle })).rejects.toMatchObject(FAILED);
    }
    await expect(finish(await givePassword(email), codeAt(NOW), { throttle })).rejects.toMatchObject({
      code: "unavailable",
      reason: "sign_in_throttled",
    });
  });

  it("does not keep the owner from a browser in which they have signed in before", async () => {
    const { id, email, codeAt } = await enrolled();
    const throttle = createSecondFactorThrottle();
    for (let count = 0; count < 5; count += 1)
      await finish(await givePassword(email), "000000", { throttle }).catch(() => {});
    const token = await givePassword(email, { device: { email, deviceId: "known" } });
    expect((await finish(token, codeAt(NOW), { throttle })).staffId).toBe(id);
  });

  it("is over for the account after a hundred wrong ones within a day from however many networks, but for known browsers", async () => {
    const { id, email, codeAt } = await enrolled();
    const throttle = createSecondFactorThrottle();
    const token = await givePassword(email);
    for (let count = 0; count < 100; count += 1) {
      await expect(finish(token, "000000", { throttle, ip: `198.51.100.${count}` })).rejects.toMatchObject(FAILED);
    }
    const elsewhere = finish(token, codeAt(NOW), { throttle, ip: "203.0.113.1" });
    await expect(elsewhere).rejects.toMatchObject({ reason: "sign_in_throttled" });
    const known = await givePassword(email, { device: { email, deviceId: "known" } });
    expect((await finish(known, codeAt(NOW), { throttle })).staffId).toBe(id);
  });

  it("costs nobody else anything", async () => {
    const [ana, bob] = [await enrolled(), await enrolled()];
    const throttle = createSecondFactorThrottle();
    const token = await givePassword(ana.email);
    for (let count = 0; count < 5; count += 1) await finish(token, "000000", { throttle }).catch(() => {});
    expect((await finish(await givePassword(bob.email), bob.codeAt(NOW), { throttle })).staffId).toBe(bob.id);
  });
});
