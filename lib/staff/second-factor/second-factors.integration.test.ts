import { beforeAll, describe, expect, it } from "vitest";
import { database, inTransaction } from "@/lib/db/client";
import { setConfig } from "@/lib/env/config";
import { setLogDestination } from "@/lib/observability/logger";
import { findLiveSession } from "@/lib/staff/sessions/find-live-session";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { addApp, appOf, STEP_MS, signInAs } from "@/lib/testing/staff/second-factors";
import { auditEventsAbout, createStaffMember, dumpDatabase } from "@/lib/testing/staff/staff-factory";
import { testConfig } from "@/lib/testing/test-config";
import { addAuthenticatorApp, offerAuthenticatorApp, removeAuthenticatorApp } from "./change-authenticator-app";
import { makeRecoveryCodes } from "./make-recovery-codes";
import { getOwnSecondFactors } from "./own-second-factors";
import { resetSecondFactors } from "./reset-second-factors";
import { spendCode } from "./spend-code";

useTestDatabase();
beforeAll(() => setConfig(testConfig()));

const NOW = new Date("2026-01-01T09:00:00Z");
const later = (ms: number) => new Date(NOW.getTime() + ms);

async function signedIn(overrides: Parameters<typeof createStaffMember>[0] = {}) {
  const member = await createStaffMember({ passwordHash: null, ...overrides });
  return signInAs(member, { at: () => NOW });
}

const actionsOf = async (id: string) => (await auditEventsAbout(id)).map(({ action }) => action);

const spend = (staffMemberId: string, code: string, now: Date) =>
  inTransaction((tx) => spendCode(tx, { staffMemberId, code, now, config: testConfig() }));

describe("an authenticator app", () => {
  it("is in force with its first right code, which is not taken again", async () => {
    const ctx = await signedIn();
    const { codeAt } = await addApp(ctx);
    const { id } = ctx.actor;
    expect((await getOwnSecondFactors(id)).app).toEqual({ addedAt: NOW, lastUsedAt: null });
    expect(await spend(id, codeAt(NOW), NOW)).toBeUndefined();
    expect(await spend(id, codeAt(later(STEP_MS)), later(STEP_MS))).toBe("authenticator_app");
    expect((await getOwnSecondFactors(id)).app?.lastUsedAt).toEqual(later(STEP_MS));
  });

  it("takes no code twice, nor one from before one that was taken", async () => {
    const ctx = await signedIn();
    const { codeAt } = await addApp(ctx);
    const { id } = ctx.actor;
    const [one, two] = [later(3 * STEP_MS), later(4 * STEP_MS)];
    expect(await spend(id, codeAt(two), one)).toBe("authenticator_app");
    expect(await spend(id, codeAt(two), two)).toBeUndefined();
    expect(await spend(id, codeAt(one), two)).toBeUndefined();
  });

  it("gives one of several that send its code at once what they ask for", async () => {
    const ctx = await signedIn();
    const { codeAt } = await addApp(ctx);
    const at = later(2 * STEP_MS);
    const spent = await Promise.all(Array.from({ length: 5 }, () => spend(ctx.actor.id, codeAt(at), at)));
    expect(spent.filter((factor) => factor !== undefined)).toEqual(["authenticator_app"]);
  });

  it("is nothing before that: it neither asks nor answers", async () => {
    const ctx = await signedIn();
    const codeAt = appOf(await offerAuthenticatorApp(ctx));
    expect((await getOwnSecondFactors(ctx.actor.id)).app).toBeNull();
    expect(await spend(ctx.actor.id, codeAt(NOW), NOW)).toBeUndefined();
    expect((await findLiveSession(ctx.session.sessionId, NOW))?.hasSecondFactor).toBe(false);
  });

  it.each(["000000", "", "12345", "abcdef"])("is not put in force by %j", async (code) => {
    const ctx = await signedIn();
    await offerAuthenticatorApp(ctx);
    await expect(addAuthenticatorApp(ctx, { code })).rejects.toMatchObject({ fieldErrors: { code: "code_wrong" } });
    expect(await actionsOf(ctx.actor.id)).toEqual([]);
  });

  it("is not put in force 15 minutes after its key was shown, nor by the code of another key", async () => {
    const member = await createStaffMember({ passwordHash: null });
    let at = NOW;
    const ctx = await signInAs(member, { at: () => at });
    const first = appOf(await offerAuthenticatorApp(ctx));
    const second = appOf(await offerAuthenticatorApp(ctx));
    await expect(addAuthenticatorApp(ctx, { code: first(NOW) })).rejects.toMatchObject({ reason: "invalid" });
    at = later(15 * 60_000);
    await expect(addAuthenticatorApp(ctx, { code: second(at) })).rejects.toMatchObject({ reason: "offered_app_over" });
  });

  it("is not put in force without a key that was shown", async () => {
    const ctx = await signedIn();
    await expect(addAuthenticatorApp(ctx, { code: "123456" })).rejects.toMatchObject({ reason: "offered_app_over" });
  });

  it("is not added to a session that ended meanwhile", async () => {
    const ctx = await signedIn();
    const codeAt = appOf(await offerAuthenticatorApp(ctx));
    await database().staffSession.update({ where: { id: ctx.session.sessionId }, data: { endedAt: NOW } });
    await expect(addAuthenticatorApp(ctx, { code: codeAt(NOW) })).rejects.toMatchObject({ reason: "session_ended" });
    expect((await getOwnSecondFactors(ctx.actor.id)).app).toBeNull();
  });

  it("stays in force while another is offered, and makes way for it", async () => {
    const ctx = await signedIn();
    const old = await addApp(ctx);
    const codeAt = appOf(await offerAuthenticatorApp(ctx));
    const at = later(STEP_MS);
    expect(await spend(ctx.actor.id, old.codeAt(at), at)).toBe("authenticator_app");
    expect(await addAuthenticatorApp(ctx, { code: codeAt(NOW) })).toEqual({ recoveryCodes: null });
    expect(await spend(ctx.actor.id, old.codeAt(later(2 * STEP_MS)), later(2 * STEP_MS))).toBeUndefined();
    expect(await spend(ctx.actor.id, codeAt(later(2 * STEP_MS)), later(2 * STEP_MS))).toBe("authenticator_app");
  });

  it("signs every other browser out that a password alone has let in, and makes ten recovery codes, with the first factor", async () => {
    const ctx = await signedIn();
    const other = await signInAs({ id: ctx.actor.id, sessionVersion: 0 }, { at: () => NOW });
    const { recoveryCodes } = await addApp(ctx);
    expect(recoveryCodes).toHaveLength(10);
    expect(await findLiveSession(other.session.sessionId, NOW)).toBeUndefined();
    expect((await findLiveSession(ctx.session.sessionId, NOW))?.hasSecondFactor).toBe(true);
    expect(await actionsOf(ctx.actor.id)).toEqual(["staff.recovery_codes_made", "staff.authenticator_app_added"]);
  });

  it("is stored nowhere in the clear, and neither are the codes", async () => {
    const ctx = await signedIn();
    const { key } = await offerAuthenticatorApp(ctx);
    const { recoveryCodes } = await addAuthenticatorApp(ctx, { code: appOf({ key })(NOW) });
    const dump = await dumpDatabase();
    const text = key.replaceAll(" ", "");
    expect(dump).not.toContain(text);
    for (const code of recoveryCodes ?? []) expect(dump).not.toContain(code.replaceAll("-", ""));
    for (const code of recoveryCodes ?? []) expect(dump).not.toContain(code);
  });

  it("is removed with its recovery codes, once, and noted", async () => {
    const ctx = await signedIn();
    await addApp(ctx);
    await removeAuthenticatorApp(ctx);
    await removeAuthenticatorApp(ctx);
    expect(await getOwnSecondFactors(ctx.actor.id)).toEqual({
      passkeys: [],
      app: null,
      recoveryCodes: null,
      resetAt: null,
    });
    expect((await actionsOf(ctx.actor.id)).filter((action) => action.endsWith("removed"))).toHaveLength(1);
    expect((await findLiveSession(ctx.session.sessionId, NOW))?.hasSecondFactor).toBe(false);
  });

  it("is not removed when it is the last second factor and one is required", async () => {
    const ctx = { ...(await signedIn()), config: testConfig({ staffMfa: "required" }) };
    const { codeAt } = await addApp(ctx);
    await expect(removeAuthenticatorApp(ctx)).rejects.toMatchObject({ code: "conflict", reason: "second_factor_last" });
    expect(await spend(ctx.actor.id, codeAt(later(STEP_MS)), later(STEP_MS))).toBe("authenticator_app");
  });

  it("is no way in without the master key it was sealed with, and says so to the operator, not to who asks", async () => {
    const ctx = await signedIn();
    const { codeAt, recoveryCodes } = await addApp(ctx);
    const config = testConfig({ masterKeys: [{ kid: "u", key: new Uint8Array(32).fill(9) }] });
    const at = later(STEP_MS);
    const lines: string[] = [];
    setLogDestination({ write: (line: string) => lines.push(line) });
    const spendWithout = (code: string) =>
      inTransaction((tx) => spendCode(tx, { staffMemberId: ctx.actor.id, code, now: at, config }));
    expect(await spendWithout(codeAt(at))).toBeUndefined();
    expect(await spendWithout(recoveryCodes[0] ?? "")).toBe("recovery_code");
    expect(lines.map((line) => (JSON.parse(line) as { event: string }).event)).toEqual([
      "authenticator_key_unreadable",
    ]);
  });

  it("is not for who signs in with the organisation", async () => {
    const ctx = await signedIn();
    const external = { ...ctx, session: { ...ctx.session, signInMethod: "identity_provider" as const } };
    await expect(offerAuthenticatorApp(external)).rejects.toMatchObject({ reason: "second_factor_external" });
    await expect(addAuthenticatorApp(external, { code: "123456" })).rejects.toMatchObject({
      reason: "second_factor_external",
    });
  });
});

describe("recovery codes", () => {
  it("are taken once each, and of nobody else", async () => {
    const [ctx, other] = [await signedIn(), await signedIn()];
    const { recoveryCodes } = await addApp(ctx);
    await addApp(other);
    const [code = ""] = recoveryCodes;
    expect(await spend(other.actor.id, code, NOW)).toBeUndefined();
    expect(await spend(ctx.actor.id, code.toUpperCase(), NOW)).toBe("recovery_code");
    expect(await spend(ctx.actor.id, code, NOW)).toBeUndefined();
    expect((await getOwnSecondFactors(ctx.actor.id)).recoveryCodes).toEqual({ left: 9, createdAt: NOW });
  });

  it("stop working when new ones are made", async () => {
    const ctx = await signedIn();
    const { recoveryCodes: old } = await addApp(ctx);
    const { recoveryCodes: made } = await makeRecoveryCodes(ctx);
    expect(made.filter((code) => old.includes(code))).toEqual([]);
    expect(await spend(ctx.actor.id, old[0] ?? "", NOW)).toBeUndefined();
    expect(await spend(ctx.actor.id, made[0] ?? "", NOW)).toBe("recovery_code");
  });

  it("are not made for who has no second factor: they would be one by themselves", async () => {
    const ctx = await signedIn();
    await expect(makeRecoveryCodes(ctx)).rejects.toMatchObject({ reason: "second_factor_missing" });
  });

  it("cannot be made unused again, whatever writes to the table", async () => {
    const ctx = await signedIn();
    const { recoveryCodes } = await addApp(ctx);
    await spend(ctx.actor.id, recoveryCodes[0] ?? "", NOW);
    const again = database().staffRecoveryCode.updateMany({
      where: { staffMemberId: ctx.actor.id },
      data: { usedAt: null },
    });
    await expect(again).rejects.toThrow(/cannot be changed into another/);
  });
});

describe("resetSecondFactors", () => {
  it("takes everything away, ends every session, is noted, and is told to the member until they have one again", async () => {
    const [member, admin] = [await signedIn(), await signedIn({ role: "administrator" })];
    await addApp(member);
    await resetSecondFactors(admin, member.actor.id);
    expect(await getOwnSecondFactors(member.actor.id)).toEqual({
      passkeys: [],
      app: null,
      recoveryCodes: null,
      resetAt: NOW,
    });
    expect(await findLiveSession(member.session.sessionId, NOW)).toBeUndefined();
    const event = (await auditEventsAbout(member.actor.id)).at(-1);
    expect(event).toMatchObject({
      actorId: admin.actor.id,
      action: "staff.second_factors_reset",
      changes: { passkeys: { before: 0, after: null }, hasApp: { before: true, after: null } },
    });
    const again = await signInAs({ id: member.actor.id, sessionVersion: 1 }, { at: () => NOW });
    await addApp(again);
    expect((await getOwnSecondFactors(member.actor.id)).resetAt).toBeNull();
  });

  it("is not done to one's own account, to nobody, and where there is nothing", async () => {
    const [admin, member] = [await signedIn({ role: "administrator" }), await signedIn()];
    await addApp(admin);
    await expect(resetSecondFactors(admin, admin.actor.id)).rejects.toMatchObject({ reason: "own_account" });
    await expect(resetSecondFactors(admin, member.actor.id)).rejects.toMatchObject({ reason: "second_factor_missing" });
    const nobody = "0190a5c0-0000-7000-8000-000000000000";
    await expect(resetSecondFactors(admin, nobody)).rejects.toMatchObject({ code: "not_found" });
  });
});
