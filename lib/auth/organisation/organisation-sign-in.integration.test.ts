import { describe, expect, it } from "vitest";
import { database } from "@/lib/db/client";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import {
  createBrowser,
  FLOW,
  locationOf,
  ORIGIN,
  problem,
  useOrganisation,
} from "@/lib/testing/staff/organisation-browser";
import { auditEventsAbout, createStaffMember, dumpDatabase } from "@/lib/testing/staff/staff-factory";

useTestDatabase();
const organisation = useOrganisation();

describe("a sign-in through the provider", () => {
  it("makes an account for an unknown subject with the role of its claim, and starts a session", async () => {
    const account = organisation.enrol({ groups: ["everybody", "portal-admins", "unheard of"] });
    const browser = createBrowser();
    const response = await browser.signIn(account.sub);
    expect(locationOf(response)).toBe(`${ORIGIN}/`);
    expect(browser.portal.has(FLOW)).toBe(false);
    const session = await browser.session();
    expect(session).toMatchObject({
      signInMethod: "identity_provider",
      mustChangePassword: false,
      hasSecondFactor: false,
      staff: { name: "Ana Müller", email: account.email, role: "administrator" },
    });
    expect(Date.now() - (session?.authenticatedAt.getTime() ?? 0)).toBeLessThan(10 * 60_000);
    const id = session?.staff.id ?? "";
    const identities = await database().staffIdentity.findMany({ where: { staffMemberId: id } });
    expect(identities).toMatchObject([{ issuer: organisation.provider.issuer, subject: account.sub }]);
    expect(await auditEventsAbout(id)).toMatchObject([
      { actorKind: "system", action: "staff.created", changes: { role: { before: null, after: "administrator" } } },
      { actorKind: "staff", actorId: id, action: "staff.signed_in", changes: {} },
    ]);
  });

  it("finds the same account again, whatever the e-mail says now, and lets the role follow the claim", async () => {
    const account = organisation.enrol({ groups: ["portal-admins"] });
    await createStaffMember({ role: "administrator" });
    const first = createBrowser();
    await first.signIn(account.sub);
    const before = await first.session();
    Object.assign(account, { email: "married@university.example", groups: ["everybody"] });
    const second = createBrowser();
    await second.signIn(account.sub);
    const after = await second.session();
    expect(after?.staff).toEqual({ ...before?.staff, role: "viewer" });
    expect((await auditEventsAbout(after?.staff.id ?? "")).map(({ action }) => action)).toEqual([
      "staff.created",
      "staff.signed_in",
      "staff.role_changed",
      "staff.signed_in",
    ]);
  });

  it.each([
    ["/rooms?page=2", "/rooms?page=2"],
    ["//evil.example", "/"],
    ["https://evil.example/", "/"],
    ["/\\evil.example", "/"],
    ["/%09/evil.example", "/%09/evil.example"],
    ["javascript:alert(1)", "/"],
    ["/sign-in", "/"],
  ])("leads to a page of this portal when it was to lead to %s", async (to, expected) => {
    const response = await createBrowser().signIn(organisation.enrol().sub, `?to=${encodeURIComponent(to)}`);
    expect(locationOf(response)).toBe(ORIGIN + expected);
  });

  it("keeps where somebody wanted to go when the first attempt fails", async () => {
    const account = organisation.enrol({ email_verified: false });
    const response = await createBrowser().signIn(account.sub, `?to=${encodeURIComponent("/rooms?page=2")}`);
    expect(locationOf(response)).toBe(`${ORIGIN}/sign-in?to=%2Frooms%3Fpage%3D2&problem=organisation_email_unverified`);
  });

  it.each([
    ["an unverified e-mail", { email_verified: false }, "organisation_email_unverified"],
    ["an e-mail nobody says is verified", { email_verified: undefined }, "organisation_email_unverified"],
    ["a claim that is no text of ours", { groups: ["constructor", "toString"] }, "organisation_role_missing"],
    ["no claim about a role", { groups: undefined }, "organisation_role_missing"],
    ["no e-mail", { email: undefined }, "organisation_email_invalid"],
  ])("refuses %s, makes no account and writes why into the audit log", async (_what, changes, reason) => {
    const account = organisation.enrol(changes as Parameters<typeof organisation.enrol>[0]);
    const before = await database().staffMember.count();
    const browser = createBrowser();
    expect(locationOf(await browser.signIn(account.sub))).toBe(problem(reason));
    expect(await browser.session()).toBeUndefined();
    expect(await database().staffMember.count()).toBe(before);
    const event = await database().auditEvent.findFirst({ orderBy: [{ at: "desc" }, { id: "desc" }] });
    expect(event).toMatchObject({
      actorKind: "system",
      action: "staff.organisation_sign_in_refused",
      targetId: null,
      changes: { reason: { before: null, after: reason } },
    });
  });

  it("does not hand over the password account that has the same e-mail", async () => {
    const owner = await createStaffMember({ email: "taken@university.example", role: "administrator" });
    const account = organisation.enrol({ email: "Taken@University.example", groups: ["portal-admins"] });
    const browser = createBrowser();
    expect(locationOf(await browser.signIn(account.sub))).toBe(problem("organisation_email_taken"));
    expect(await browser.session()).toBeUndefined();
    expect(await database().staffIdentity.count({ where: { staffMemberId: owner.id } })).toBe(0);
    expect(await auditEventsAbout(owner.id)).toMatchObject([
      { action: "staff.organisation_sign_in_refused", changes: { reason: { after: "organisation_email_taken" } } },
    ]);
  });

  it("refuses a deactivated member and one without a role, whose sessions end", async () => {
    await createStaffMember({ role: "administrator" });
    const account = organisation.enrol();
    const browser = createBrowser();
    await browser.signIn(account.sub);
    account.groups = [];
    expect(locationOf(await createBrowser().signIn(account.sub))).toBe(problem("organisation_role_missing"));
    expect(await browser.session()).toBeUndefined();
    account.groups = ["everybody"];
    await database().staffMember.update({ where: { email: account.email }, data: { isActive: false } });
    expect(locationOf(await createBrowser().signIn(account.sub))).toBe(problem("organisation_member_inactive"));
  });

  it("does not let in whom the person broke off for", async () => {
    const browser = createBrowser();
    const back = await browser.atProvider(await browser.begin(), { login: "", answer: "no" });
    expect(locationOf(await browser.atPortal(back))).toBe(problem("organisation_cancelled"));
  });

  it("writes no code, state, token or secret into log or database", async () => {
    const browser = createBrowser();
    const back = await browser.atProvider(await browser.begin(), { login: organisation.enrol().sub, answer: "yes" });
    await browser.atPortal(back);
    await browser.atPortal(back);
    const { searchParams } = new URL(back);
    const seen = organisation.lines.join("") + (await dumpDatabase());
    for (const value of [searchParams.get("code"), searchParams.get("state"), organisation.provider.clientSecret]) {
      expect(seen).not.toContain(value);
    }
  });
});
