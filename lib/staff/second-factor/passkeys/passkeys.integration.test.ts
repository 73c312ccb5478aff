import { beforeAll, describe, expect, it } from "vitest";
import { database } from "@/lib/db/client";
import { setConfig } from "@/lib/env/config";
import { removeAuthenticatorApp } from "@/lib/staff/second-factor/change-authenticator-app";
import { getOfferedFactors, getOwnSecondFactors } from "@/lib/staff/second-factor/own-second-factors";
import { findLiveSession } from "@/lib/staff/sessions/find-live-session";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { addPasskeyTo, ENROLLED, memberWithPasskey, signedInMember } from "@/lib/testing/staff/passkey-members";
import { addApp, signInAs } from "@/lib/testing/staff/second-factors";
import { HERE, SoftwarePasskey } from "@/lib/testing/staff/software-passkey";
import { auditEventsAbout, createStaffMember } from "@/lib/testing/staff/staff-factory";
import { testConfig } from "@/lib/testing/test-config";
import { addPasskey, offerPasskey, PASSKEYS_MAX, removePasskey, renamePasskey } from "./change-passkeys";

useTestDatabase();
beforeAll(() => setConfig(testConfig()));

const REFUSED = { code: "invalid", reason: "passkey_refused" };

describe("a passkey", () => {
  it("is added under a name, with recovery codes when it is the first factor, and noted without what it is", async () => {
    const { id, ctx } = await signedInMember();
    const { recoveryCodes, passkey } = await addPasskeyTo(ctx);
    expect(recoveryCodes).toHaveLength(10);
    expect((await getOwnSecondFactors(id)).passkeys).toEqual([
      { id: expect.any(String), name: "Laptop", createdAt: ENROLLED, lastUsedAt: null },
    ]);
    expect((await findLiveSession(ctx.session.sessionId, ENROLLED))?.hasSecondFactor).toBe(true);
    const event = (await auditEventsAbout(id)).at(-1);
    expect(event).toMatchObject({ action: "staff.passkey_added", changes: { passkeyName: { after: "Laptop" } } });
    expect(JSON.stringify(event)).not.toContain(passkey.id);
    expect((await addPasskeyTo(ctx, new SoftwarePasskey(), "Key")).recoveryCodes).toBeNull();
  });

  it("is offered to one member, without attestation, and none that they have already", async () => {
    const { ctx, passkey, email } = await memberWithPasskey();
    const options = await offerPasskey(ctx);
    expect(options).toMatchObject({ rp: { id: "localhost" }, user: { name: email }, attestation: "none" });
    expect(options.excludeCredentials?.map(({ id }) => id)).toEqual([passkey.id]);
    expect(Buffer.from(options.user.id, "base64url").toString("hex")).toBe(ctx.actor.id.replaceAll("-", ""));
  });

  it.each([
    [
      "of another origin",
      (c: string) => new SoftwarePasskey().register(c, { ...HERE, origin: "https://evil.example" }),
    ],
    ["of another host", (c: string) => new SoftwarePasskey().register(c, { ...HERE, rpId: "evil.example" })],
    ["for another challenge", () => new SoftwarePasskey().register("x".repeat(43))],
    [
      "that is an answer and no registration",
      (c: string) => {
        const passkey = new SoftwarePasskey();
        const { response } = passkey.answer(c);
        const made = passkey.register(c);
        return { ...made, response: { ...made.response, clientDataJSON: response.clientDataJSON } };
      },
    ],
    [
      "that is junk",
      () => ({
        id: "a",
        rawId: "a",
        type: "public-key" as const,
        response: { clientDataJSON: "a", attestationObject: "a" },
      }),
    ],
  ])("is not added %s", async (_what, register) => {
    const { id, ctx } = await signedInMember();
    const { challenge } = await offerPasskey(ctx);
    await expect(addPasskey(ctx, { name: "Laptop", registration: register(challenge) })).rejects.toMatchObject(REFUSED);
    expect((await getOwnSecondFactors(id)).passkeys).toEqual([]);
  });

  it("is not added twice with one challenge, with that of another session, nor after five minutes", async () => {
    const member = await createStaffMember();
    let at = ENROLLED;
    const ctx = await signInAs(member, { at: () => at });
    const other = await signInAs(member, { at: () => at });
    const { challenge } = await offerPasskey(ctx);
    const register = (text: string) => ({ name: "Laptop", registration: new SoftwarePasskey().register(text) });
    await expect(addPasskey(other, register(challenge))).rejects.toMatchObject(REFUSED);
    await addPasskey(ctx, register(challenge));
    await expect(addPasskey(ctx, register(challenge))).rejects.toMatchObject(REFUSED);
    const late = await offerPasskey(ctx);
    at = new Date(ENROLLED.getTime() + 5 * 60_000);
    await expect(addPasskey(ctx, register(late.challenge))).rejects.toMatchObject(REFUSED);
  });

  it("is of one account only", async () => {
    const [ana, bob] = [await memberWithPasskey(), await signedInMember()];
    await expect(addPasskeyTo(bob.ctx, ana.passkey)).rejects.toMatchObject({
      code: "conflict",
      reason: "passkey_taken",
    });
    await expect(addPasskeyTo(ana.ctx, ana.passkey)).rejects.toMatchObject({ reason: "passkey_taken" });
    expect(await getOwnSecondFactors(bob.id)).toMatchObject({ passkeys: [], recoveryCodes: null });
  });

  it("is one of at most twenty", async () => {
    const { id, ctx } = await memberWithPasskey();
    const more = Array.from({ length: PASSKEYS_MAX - 1 }, (_, index) => index);
    await database().staffPasskey.createMany({
      data: more.map((index) => ({ staffMemberId: id, credentialId: `${id}-${index}`, publicKey: "AA", name: "Key" })),
    });
    await expect(addPasskeyTo(ctx)).rejects.toMatchObject({ reason: "passkeys_too_many" });
  });

  it("is not offered where the address of the portal is a number", async () => {
    const { ctx } = await signedInMember();
    const config = testConfig({ publicUrl: "http://127.0.0.1:3000" });
    await expect(offerPasskey({ ...ctx, config })).rejects.toMatchObject({ reason: "passkeys_need_name" });
    const { id } = await memberWithPasskey();
    expect(await getOfferedFactors(id, config)).toEqual({ hasPasskey: false, hasApp: false });
    expect(await getOfferedFactors(id, testConfig())).toEqual({ hasPasskey: true, hasApp: false });
  });

  it("is renamed and removed by its owner only, and not removed when it is the last and one is required", async () => {
    const [ana, bob] = [await memberWithPasskey(), await signedInMember()];
    const [{ id: passkeyId = "" } = {}] = (await getOwnSecondFactors(ana.id)).passkeys;
    await expect(renamePasskey(bob.ctx, { passkeyId, name: "Mine" })).rejects.toMatchObject({ code: "not_found" });
    await expect(removePasskey(bob.ctx, passkeyId)).rejects.toMatchObject({ code: "not_found" });
    await renamePasskey(ana.ctx, { passkeyId, name: "Blue key" });
    expect((await getOwnSecondFactors(ana.id)).passkeys[0]?.name).toBe("Blue key");
    const required = { ...ana.ctx, config: testConfig({ staffMfa: "required" }) };
    await expect(removePasskey(required, passkeyId)).rejects.toMatchObject({ reason: "second_factor_last" });
    await addApp(ana.ctx);
    await removePasskey(required, passkeyId);
    expect((await getOwnSecondFactors(ana.id)).passkeys).toEqual([]);
    await expect(removeAuthenticatorApp(required)).rejects.toMatchObject({ reason: "second_factor_last" });
  });

  it("cannot be made another one, nor count backwards, whatever writes to the table", async () => {
    const { id } = await memberWithPasskey(5);
    for (const data of [{ publicKey: "AQ" }, { credentialId: "other" }, { counter: 4 }]) {
      const change = database().staffPasskey.updateMany({ where: { staffMemberId: id }, data });
      await expect(change).rejects.toThrow(/cannot be changed into another/);
    }
  });
});
