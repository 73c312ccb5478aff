import { describe, expect, it } from "vitest";
import { database } from "@/lib/db/client";
import { isSignInFresh } from "@/lib/staff/sessions/staff-session";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { createBrowser, locationOf, ORIGIN, useOrganisation } from "@/lib/testing/staff/organisation-browser";
import { auditEventsAbout, createStaffMember } from "@/lib/testing/staff/staff-factory";

useTestDatabase();
const organisation = useOrganisation();

const confirmed = (problem?: string) =>
  `${ORIGIN}/identity-confirmed${problem === undefined ? "" : `?problem=${problem}`}`;

/** Somebody who signed in through the provider twenty minutes ago. */
async function signedInBefore() {
  const account = organisation.enrol();
  const browser = createBrowser();
  await browser.signIn(account.sub);
  await database().staffSession.updateMany({ data: { authenticatedAt: new Date(Date.now() - 20 * 60_000) } });
  const before = await browser.session();
  if (before === undefined) throw new Error("Nobody is signed in.");
  expect(isSignInFresh(before, new Date())).toBe(false);
  return { account, browser, before };
}

describe("the proof of the provider that it is still the same person", () => {
  it("asks for it although they are signed in there, and puts a fresh session in the place of the old one", async () => {
    const { account, browser, before } = await signedInBefore();
    const begun = await browser.begin("?confirm=1");
    const { searchParams } = new URL(begun);
    expect([searchParams.get("prompt"), searchParams.get("max_age")]).toEqual(["login", "0"]);
    const response = await browser.atPortal(await browser.atProvider(begun, { login: account.sub, answer: "yes" }));
    expect(locationOf(response)).toBe(confirmed());
    const after = await browser.session();
    expect(after).toMatchObject({ signInMethod: "identity_provider", staff: before.staff });
    expect(after?.sessionId).not.toBe(before.sessionId);
    expect(after !== undefined && isSignInFresh(after, new Date())).toBe(true);
    const old = await database().staffSession.findUnique({ where: { id: before.sessionId } });
    expect(old?.endedAt).not.toBeNull();
    expect((await auditEventsAbout(before.staff.id)).map(({ action }) => action)).toEqual([
      "staff.created",
      "staff.signed_in",
      "staff.reauthenticated",
    ]);
  });

  it("counts for nothing when somebody else gave it, who is not signed in by it either", async () => {
    const { browser, before } = await signedInBefore();
    const other = organisation.enrol();
    browser.leaveProvider();
    const response = await browser.signIn(other.sub, "?confirm=1");
    expect(locationOf(response)).toBe(confirmed("organisation_other_member"));
    expect(await browser.session()).toEqual(before);
    expect((await auditEventsAbout(before.staff.id)).at(-1)).toMatchObject({
      actorId: before.staff.id,
      action: "staff.reauthentication_failed",
    });
    expect(await database().staffMember.count({ where: { email: other.email } })).toBe(0);
  });

  it("counts for nothing when the provider did not ask, and let its own session through", async () => {
    const { browser, before } = await signedInBefore();
    const begun = new URL(await browser.begin("?confirm=1"));
    begun.searchParams.delete("prompt");
    begun.searchParams.delete("max_age");
    const tooOld = await browser.atProvider(begun.href, { login: "", answer: "no" });
    // The provider's session was made in this very minute, so the question is moved instead.
    await browser.moveFlow({ startedAt: Date.now() + 5 * 60_000 });
    expect(locationOf(await browser.atPortal(tooOld))).toBe(confirmed("organisation_not_fresh"));
    expect(await browser.session()).toEqual(before);
  });

  it("brings the role up to date, and nothing fresh to who has lost it", async () => {
    const { account, browser, before } = await signedInBefore();
    account.groups = ["portal-admins"];
    expect(locationOf(await browser.signIn(account.sub, "?confirm=1"))).toBe(confirmed());
    expect((await browser.session())?.staff).toEqual({ ...before.staff, role: "administrator" });
    await createStaffMember({ role: "administrator" });
    account.groups = [];
    expect(locationOf(await browser.signIn(account.sub, "?confirm=1"))).toBe(confirmed("organisation_role_missing"));
    expect(await browser.session()).toBeUndefined();
    expect((await auditEventsAbout(before.staff.id)).map(({ action }) => action)).toEqual([
      "staff.created",
      "staff.signed_in",
      "staff.role_changed",
      "staff.reauthenticated",
      "staff.organisation_sign_in_refused",
    ]);
  });

  it.each([
    ["deactivated meanwhile", { isActive: false }],
    ["signed out everywhere meanwhile", { sessionVersion: { increment: 1 } }],
  ])("counts for nothing from a member who was %s", async (_how, data) => {
    const { account, browser, before } = await signedInBefore();
    const back = await browser.atProvider(await browser.begin("?confirm=1"), { login: account.sub, answer: "yes" });
    await database().staffMember.update({ where: { id: before.staff.id }, data });
    expect(locationOf(await browser.atPortal(back))).toBe(confirmed("session_ended"));
    expect(await browser.session()).toBeUndefined();
  });

  it("is not asked for without a session", async () => {
    expect(await createBrowser().begin("?confirm=1")).toBe(confirmed("session_ended"));
  });

  it.each(["ended", "replaced"])("counts for nothing when the session was %s meanwhile", async (how) => {
    const { account, browser } = await signedInBefore();
    const back = await browser.atProvider(await browser.begin("?confirm=1"), { login: account.sub, answer: "yes" });
    if (how === "ended") await database().staffSession.updateMany({ data: { endedAt: new Date() } });
    else await browser.replaceSession(account.sub);
    expect(locationOf(await browser.atPortal(back))).toBe(confirmed("session_ended"));
  });

  it("says so when the person broke off", async () => {
    const { browser, before } = await signedInBefore();
    const back = await browser.atProvider(await browser.begin("?confirm=1"), { login: "", answer: "no" });
    expect(locationOf(await browser.atPortal(back))).toBe(confirmed("organisation_cancelled"));
    expect(await browser.session()).toEqual(before);
  });
});
