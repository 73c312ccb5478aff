import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import type { VisitorActor } from "@/lib/audit/actor";
import { database } from "@/lib/db/client";
import { setConfig } from "@/lib/env/config";
import type { OrganisationIdentity } from "@/lib/openid/organisation-identity";
import { setStaffRole } from "@/lib/staff/set-staff-role";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { auditEventsAbout, createStaffActor, createStaffMember } from "@/lib/testing/staff/staff-factory";
import { testConfig } from "@/lib/testing/test-config";
import { contextOf } from "@/lib/testing/verb-context";
import { signInWithOrganisation } from "./sign-in-with-organisation";
import { takeOrganisationAnswer } from "./take-organisation-answer";

useTestDatabase();
beforeAll(() => setConfig(testConfig()));

const VISITOR: VisitorActor = { kind: "system", ip: "192.0.2.7", requestId: randomUUID() };
const roleMap = { admins: "administrator", desk: "manager", staff: "viewer" } as const;

function identity(changes: Partial<OrganisationIdentity> = {}): OrganisationIdentity {
  const subject = changes.subject ?? randomUUID();
  return {
    issuer: "https://login.example.org",
    subject,
    email: `${subject.slice(0, 8)}@example.org`,
    isEmailVerified: true,
    name: "Ana",
    roleValues: ["staff"],
    authenticatedAt: undefined,
    ...changes,
  };
}

const signIn = (who: OrganisationIdentity, now = new Date()) =>
  signInWithOrganisation(contextOf(VISITOR, now), { identity: who, roleMap });

async function withoutOtherAdministrators() {
  await database().$executeRaw`ALTER TABLE staff_members DISABLE TRIGGER staff_members_keep_an_administrator`;
  await database().staffMember.updateMany({ where: { role: "administrator" }, data: { role: "viewer" } });
  await database().$executeRaw`ALTER TABLE staff_members ENABLE TRIGGER staff_members_keep_an_administrator`;
}

describe("signInWithOrganisation", () => {
  it("makes one account of any number of first sign-ins at once", async () => {
    const who = identity();
    const signedIn = await Promise.all(Array.from({ length: 8 }, () => signIn(who)));
    expect(new Set(signedIn.map(({ staffId }) => staffId)).size).toBe(1);
    expect(new Set(signedIn.map(({ sessionId }) => sessionId)).size).toBe(8);
    const actions = (await auditEventsAbout(signedIn[0]?.staffId ?? "")).map(({ action }) => action);
    expect(actions.filter((action) => action === "staff.created")).toHaveLength(1);
  });

  it("lets one of two subjects have an e-mail address, at once or later", async () => {
    const email = "both@example.org";
    const outcomes = await Promise.allSettled([signIn(identity({ email })), signIn(identity({ email }))]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    await expect(signIn(identity({ email }))).rejects.toMatchObject({ reason: "organisation_email_taken" });
  });

  it("does not know a subject of another issuer, or one in other letters", async () => {
    const who = identity({ subject: `Ana-${randomUUID()}` });
    const { staffId } = await signIn(who);
    for (const changes of [{ issuer: "https://login.example.org/" }, { subject: who.subject.toLowerCase() }]) {
      await expect(signIn({ ...who, ...changes })).rejects.toMatchObject({ reason: "organisation_email_taken" });
    }
    expect(await database().staffIdentity.count({ where: { staffMemberId: staffId } })).toBe(1);
  });

  it("does not take up an invitation to the same address", async () => {
    const who = identity();
    const email = who.email ?? "";
    const data = { email, name: email, isActive: false, joinedAt: null };
    const invited = await database().staffMember.create({ data, select: { id: true } });
    await expect(signIn(who)).rejects.toMatchObject({ reason: "organisation_email_taken" });
    expect((await database().staffMember.findUniqueOrThrow({ where: { id: invited.id } })).joinedAt).toBeNull();
  });

  it("keeps the last administrator one and out, until there is another", async () => {
    await withoutOtherAdministrators();
    const who = identity({ roleValues: ["admins"] });
    const { staffId } = await signIn(who);
    await expect(signIn({ ...who, roleValues: ["staff"] })).rejects.toMatchObject({
      code: "unauthenticated",
      reason: "organisation_last_administrator",
    });
    expect(await database().staffMember.findUnique({ where: { id: staffId } })).toMatchObject({
      role: "administrator",
    });
    expect((await auditEventsAbout(staffId)).at(-1)).toMatchObject({
      actorKind: "system",
      action: "staff.organisation_sign_in_refused",
      changes: { reason: { before: null, after: "organisation_last_administrator" } },
    });
    await createStaffMember({ role: "administrator" });
    await signIn({ ...who, roleValues: ["staff"] });
    expect(await database().staffMember.findUnique({ where: { id: staffId } })).toMatchObject({ role: "viewer" });
  });

  it("leaves an administrator when the last two lose the role at once, by claim or by hand", async () => {
    for (let round = 0; round < 5; round += 1) {
      await withoutOtherAdministrators();
      const [a, b] = [identity({ roleValues: ["admins"] }), identity({ roleValues: ["admins"] })];
      const first = await signIn(a);
      await signIn(b);
      const actor = await createStaffActor();
      const outcomes = await Promise.allSettled([
        setStaffRole(contextOf(actor), { staffId: first.staffId, role: "viewer" }),
        signIn({ ...a, roleValues: ["desk"] }),
        signIn({ ...b, roleValues: ["desk"] }),
      ]);
      expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      const left = await database().staffMember.count({ where: { role: "administrator", isActive: true } });
      expect(left).toBe(1);
    }
  });

  it.each([
    ["when the provider says it was", new Date("2026-01-01T09:50:00Z"), "2026-01-01T09:50:00.000Z"],
    ["now, when the provider's clock is ahead", new Date("2026-01-01T10:05:00Z"), "2026-01-01T10:00:00.000Z"],
    ["too long ago to be fresh, when the provider does not say", undefined, "2026-01-01T09:45:00.000Z"],
  ])("counts the proof of identity from %s", async (_when, authenticatedAt, expected) => {
    const { sessionId } = await signIn(identity({ authenticatedAt }), new Date("2026-01-01T10:00:00Z"));
    const session = await database().staffSession.findUniqueOrThrow({ where: { id: sessionId } });
    expect(session.authenticatedAt.toISOString()).toBe(expected);
  });

  it("ends the session that the browser had, and no other", async () => {
    const who = identity();
    const [replaced, kept] = [await signIn(who), await signIn(who)];
    const now = new Date();
    await signInWithOrganisation(contextOf(VISITOR, now), {
      identity: who,
      roleMap,
      replacedSessionId: replaced.sessionId,
    });
    const endedAt = async (id: string) => (await database().staffSession.findUniqueOrThrow({ where: { id } })).endedAt;
    expect(await endedAt(replaced.sessionId)).toEqual(now);
    expect(await endedAt(kept.sessionId)).toBeNull();
  });

  it("takes a name of many lines, or none, for one line", async () => {
    const named = await signIn(identity({ name: "Ana\r\nAdministrator\u2028" }));
    expect(await database().staffMember.findUnique({ where: { id: named.staffId } })).toMatchObject({
      name: "Ana Administrator",
    });
    const nameless = identity({ name: " \n " });
    const { staffId } = await signIn(nameless);
    expect(await database().staffMember.findUnique({ where: { id: staffId } })).toMatchObject({ name: nameless.email });
  });
});

describe("an identity at a provider", () => {
  it.each(["issuer", "subject"])("cannot be given another %s, whatever writes", async (column) => {
    const { staffId } = await signIn(identity());
    await expect(
      database().$executeRawUnsafe(`UPDATE staff_identities SET ${column} = 'x' WHERE staff_member_id = '${staffId}'`),
    ).rejects.toThrow(/stays with its member/);
  });

  it("cannot be given to another member", async () => {
    const [one, other] = [await signIn(identity()), await signIn(identity())];
    await expect(
      database().staffIdentity.updateMany({
        where: { staffMemberId: one.staffId },
        data: { staffMemberId: other.staffId },
      }),
    ).rejects.toThrow(/An identity at a provider stays with its member/);
  });
});

describe("takeOrganisationAnswer", () => {
  const at = (minutes: number) => new Date(Date.UTC(2026, 0, 1, 10, minutes));
  const take = (state: string, expiresAt: Date, now: Date) =>
    takeOrganisationAnswer({ now: () => now }, { state, expiresAt });

  it("says yes once, and forgets what can no longer be brought again", async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => take("state", at(20), at(0))));
    expect(answers.filter(Boolean)).toHaveLength(1);
    expect(await take("other", at(40), at(21))).toBe(true);
    const kept = await database().organisationSignIn.findMany();
    expect(kept.map(({ expiresAt }) => expiresAt)).toEqual([at(40)]);
    expect(kept[0]?.stateHash).toMatch(/^[0-9a-f]{64}$/);
  });
});
