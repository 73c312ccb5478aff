import { beforeAll, describe, expect, it } from "vitest";
import { database } from "@/lib/db/client";
import { setConfig } from "@/lib/env/config";
import { setLogDestination } from "@/lib/observability/logger";
import { getOwnSecondFactors } from "@/lib/staff/second-factor/own-second-factors";
import { findLiveSession } from "@/lib/staff/sessions/find-live-session";
import { isSignInFresh } from "@/lib/staff/sessions/staff-session";
import type { SessionContext } from "@/lib/staff/sessions/staff-session.types";
import { changePassword } from "@/lib/staff/sign-in/change-password";
import { finishSignIn } from "@/lib/staff/sign-in/pending/finish-sign-in";
import { reauthenticateStaff } from "@/lib/staff/sign-in/reauthenticate-staff";
import { createSecondFactorThrottle, createSignInThrottle } from "@/lib/staff/sign-in/sign-in-throttle";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import {
  askPending,
  ENROLLED,
  givePassword,
  memberWithPasskey,
  NOW,
  signedInMember,
} from "@/lib/testing/staff/passkey-members";
import { addApp, signInAs, VISITOR } from "@/lib/testing/staff/second-factors";
import { SoftwarePasskey } from "@/lib/testing/staff/software-passkey";
import { auditEventsAbout, TEST_PASSWORD } from "@/lib/testing/staff/staff-factory";
import { testConfig } from "@/lib/testing/test-config";
import { contextOf } from "@/lib/testing/verb-context";
import { offerPasskey, removePasskey } from "./change-passkeys";
import type { PasskeyAnswer } from "./passkey.schema";
import { askForPasskey } from "./verify-passkey";

useTestDatabase();
beforeAll(() => setConfig(testConfig()));

const FAILED = { code: "unauthenticated", reason: "second_factor_failed" };

const finish = (token: string, passkey: PasskeyAnswer, at = NOW) =>
  finishSignIn(contextOf(VISITOR, at), { token, proof: { passkey } }, { throttle: createSecondFactorThrottle() });

describe("a sign-in with a passkey", () => {
  it("starts a session and notes with what, and when the passkey was used", async () => {
    const { id, email, passkey } = await memberWithPasskey();
    const token = await givePassword(email);
    const signed = await finish(token, passkey.answer(await askPending(token)));
    expect((await findLiveSession(signed.sessionId, NOW))?.staff.id).toBe(id);
    expect((await getOwnSecondFactors(id)).passkeys[0]?.lastUsedAt).toEqual(NOW);
    expect((await auditEventsAbout(id)).at(-1)).toMatchObject({
      action: "staff.signed_in",
      changes: { factor: { after: "passkey" } },
    });
  });

  it.each([
    ["for another origin", (p: SoftwarePasskey, c: string) => p.answer(c, { origin: "https://evil.example" })],
    ["for another host", (p: SoftwarePasskey, c: string) => p.answer(c, { rpId: "evil.example" })],
    ["for another challenge", (p: SoftwarePasskey) => p.answer("x".repeat(43))],
    ["as a registration", (p: SoftwarePasskey, c: string) => p.answer(c, { type: "webauthn.create" })],
    [
      "with another key under its name",
      (p: SoftwarePasskey, c: string) => new SoftwarePasskey().answer(c, { as: p.id }),
    ],
    ["with a passkey that nobody knows", (_p: SoftwarePasskey, c: string) => new SoftwarePasskey().answer(c)],
    [
      "with junk",
      (p: SoftwarePasskey, c: string) => {
        const answer = p.answer(c);
        return { ...answer, response: { ...answer.response, clientDataJSON: "junk", signature: "" } };
      },
    ],
  ])("is refused when it was signed %s, and the challenge is not good for a second answer", async (_what, forge) => {
    const { id, email, passkey } = await memberWithPasskey();
    const token = await givePassword(email);
    const challenge = await askPending(token);
    await expect(finish(token, forge(passkey, challenge))).rejects.toMatchObject(FAILED);
    expect((await auditEventsAbout(id)).at(-1)).toMatchObject({ action: "staff.sign_in_failed" });
    expect(await database().staffSession.count({ where: { staffMemberId: id, endedAt: null } })).toBe(1);
    await finish(token, passkey.answer(await askPending(token)));
  });

  it("is refused with the passkey of somebody else", async () => {
    const [ana, bob] = [await memberWithPasskey(), await memberWithPasskey()];
    const token = await givePassword(ana.email);
    await expect(finish(token, bob.passkey.answer(await askPending(token)))).rejects.toMatchObject(FAILED);
  });

  it("is refused with the answer to the sign-in of somebody else, and to another one of one's own", async () => {
    const [ana, bob] = [await memberWithPasskey(), await memberWithPasskey()];
    const [one, two, bobs] = [
      await givePassword(ana.email),
      await givePassword(ana.email),
      await givePassword(bob.email),
    ];
    await expect(finish(one, ana.passkey.answer(await askPending(bobs)))).rejects.toMatchObject(FAILED);
    await expect(finish(one, ana.passkey.answer(await askPending(two)))).rejects.toMatchObject(FAILED);
  });

  it("takes an answer once", async () => {
    const { email, passkey } = await memberWithPasskey();
    const token = await givePassword(email);
    const answer = passkey.answer(await askPending(token));
    const tries = await Promise.allSettled([finish(token, answer), finish(token, answer), finish(token, answer)]);
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const again = await givePassword(email);
    await expect(finish(again, answer)).rejects.toMatchObject(FAILED);
  });

  it("is refused five minutes after it was asked for, and for what was asked before that", async () => {
    const { email, passkey } = await memberWithPasskey();
    const token = await givePassword(email);
    const first = await askPending(token);
    const second = await askPending(token);
    await expect(finish(token, passkey.answer(first))).rejects.toMatchObject(FAILED);
    const late = new Date(NOW.getTime() + 5 * 60_000);
    await expect(finish(token, passkey.answer(second), late)).rejects.toMatchObject(FAILED);
  });

  it("is refused with what a passkey has signed for a session, or to be added", async () => {
    const { email, passkey, ctx, id } = await memberWithPasskey();
    const token = await givePassword(email);
    const question = { purpose: "confirmation", sessionId: ctx.session.sessionId } as const;
    const proof = await askForPasskey({ staffMemberId: id, question, now: NOW, config: testConfig() });
    await expect(finish(token, passkey.answer(proof.challenge))).rejects.toMatchObject(FAILED);
    const { challenge } = await offerPasskey(ctx);
    await expect(finish(token, passkey.answer(challenge))).rejects.toMatchObject(FAILED);
  });

  it("is refused and told of when a passkey that counts has not counted on: it may be a copy", async () => {
    const { email, passkey } = await memberWithPasskey(5);
    const lines: string[] = [];
    setLogDestination({ write: (line: string) => lines.push(line) });
    const token = await givePassword(email);
    for (const counter of [0, 4, 5]) {
      await expect(finish(token, passkey.answer(await askPending(token), { counter }))).rejects.toMatchObject(FAILED);
    }
    expect(lines.filter((line) => line.includes("passkey_counter_regressed"))).toHaveLength(3);
    await finish(token, passkey.answer(await askPending(token), { counter: 6 }));
  });

  it("is refused once the passkey was removed", async () => {
    const { id, email, passkey, ctx } = await memberWithPasskey();
    await addApp(ctx);
    const token = await givePassword(email);
    const answer = passkey.answer(await askPending(token));
    const [{ id: passkeyId = "" } = {}] = (await getOwnSecondFactors(id)).passkeys;
    await removePasskey(ctx, passkeyId);
    await expect(finish(token, answer)).rejects.toMatchObject(FAILED);
    await expect(askPending(token)).rejects.toMatchObject({ reason: "second_factor_missing" });
  });
});

describe("the fresh proof of a member with a second factor", () => {
  const prove = (ctx: SessionContext, proof: Parameters<typeof reauthenticateStaff>[1]) =>
    reauthenticateStaff({ ...ctx, now: () => NOW }, proof, { throttle: createSignInThrottle() });
  const question = (ctx: SessionContext) => ({ purpose: "confirmation", sessionId: ctx.session.sessionId }) as const;
  const askProof = async (ctx: SessionContext) =>
    (await askForPasskey({ staffMemberId: ctx.actor.id, question: question(ctx), now: NOW, config: testConfig() }))
      .challenge;
  const NOT = { code: "unauthenticated", reason: "reauthentication_failed" };

  it("is a passkey, which starts a new session in place of the old one", async () => {
    const { ctx, passkey } = await memberWithPasskey();
    const { sessionId } = await prove(ctx, { passkey: passkey.answer(await askProof(ctx)) });
    expect(await findLiveSession(ctx.session.sessionId, ENROLLED)).toBeUndefined();
    expect((await findLiveSession(sessionId, NOW))?.authenticatedAt).toEqual(NOW);
    expect((await auditEventsAbout(ctx.actor.id)).at(-1)).toMatchObject({
      action: "staff.reauthenticated",
      changes: { factor: { after: "passkey" } },
    });
  });

  it("is the password with a code, and not the password alone", async () => {
    const { ctx } = await signedInMember();
    const { codeAt, recoveryCodes } = await addApp(ctx);
    for (const code of [undefined, "", "000000"]) {
      await expect(prove(ctx, { password: TEST_PASSWORD, code })).rejects.toMatchObject(NOT);
    }
    await expect(prove(ctx, { password: "wrong", code: codeAt(NOW) })).rejects.toMatchObject(NOT);
    expect((await auditEventsAbout(ctx.actor.id)).at(-1)).toMatchObject({ action: "staff.reauthentication_failed" });
    const first = await prove(ctx, { password: TEST_PASSWORD, code: codeAt(NOW) });
    const session = await findLiveSession(first.sessionId, NOW);
    if (session === undefined) throw new Error("The session is not live.");
    await prove({ ...ctx, session }, { password: TEST_PASSWORD, code: recoveryCodes[0] });
  });

  it("uses no code up when the password was wrong", async () => {
    const { ctx } = await signedInMember();
    const { recoveryCodes } = await addApp(ctx);
    await expect(prove(ctx, { password: "wrong", code: recoveryCodes[0] })).rejects.toMatchObject(NOT);
    await prove(ctx, { password: TEST_PASSWORD, code: recoveryCodes[0] });
  });

  it("is not the passkey of somebody else, nor what was signed for a sign-in, nor for another session", async () => {
    const [ana, bob] = [await memberWithPasskey(), await memberWithPasskey()];
    const other = await signInAs({ id: ana.id, sessionVersion: 0 }, { at: () => ENROLLED });
    await expect(prove(ana.ctx, { passkey: bob.passkey.answer(await askProof(ana.ctx)) })).rejects.toMatchObject(NOT);
    const token = await givePassword(ana.email);
    await expect(prove(ana.ctx, { passkey: ana.passkey.answer(await askPending(token)) })).rejects.toMatchObject(NOT);
    await expect(prove(ana.ctx, { passkey: ana.passkey.answer(await askProof(other)) })).rejects.toMatchObject(NOT);
  });

  it("is no passkey for who has none", async () => {
    const { ctx } = await signedInMember();
    await expect(prove(ctx, { passkey: new SoftwarePasskey().answer("x".repeat(43)) })).rejects.toMatchObject(NOT);
  });

  it("is over after five wrong ones in a session, also for the right one", async () => {
    const { ctx } = await signedInMember();
    const { codeAt } = await addApp(ctx);
    const throttle = createSignInThrottle();
    const tries = { ...ctx, now: () => NOW };
    for (let count = 0; count < 5; count += 1) {
      const wrong = reauthenticateStaff(tries, { password: TEST_PASSWORD, code: "000000" }, { throttle });
      await expect(wrong).rejects.toMatchObject(NOT);
    }
    const right = reauthenticateStaff(tries, { password: TEST_PASSWORD, code: codeAt(NOW) }, { throttle });
    await expect(right).rejects.toMatchObject({ reason: "sign_in_throttled" });
  });

  it("is not another password either: that leaves the proof as old as it was", async () => {
    for (const hasFactor of [true, false]) {
      const member = hasFactor ? await memberWithPasskey() : await signedInMember();
      const session = await findLiveSession(member.ctx.session.sessionId, ENROLLED);
      if (session === undefined) throw new Error("The session is not live.");
      const later = new Date(ENROLLED.getTime() + 16 * 60_000);
      const passwords = { currentPassword: TEST_PASSWORD, newPassword: "four other words of this" };
      const ctx = { ...member.ctx, session, now: () => later };
      const { sessionId } = await changePassword(ctx, passwords, { throttle: createSignInThrottle() });
      const changed = await findLiveSession(sessionId, later);
      expect(changed !== undefined && isSignInFresh(changed, later)).toBe(!hasFactor);
    }
  });
});
