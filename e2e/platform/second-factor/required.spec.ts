import { type Browser, expect, type Page, test } from "@playwright/test";
import { SecondFactorPage } from "../../pages/second-factor-page";
import { SignInPage } from "../../pages/sign-in-page";
import { StaffPages } from "../../pages/staff-pages";
import { OWN_ADMINISTRATOR as ADMINISTRATOR, openOwnSignIn, stopOwnServer } from "../../support/own-portal";
import type { OwnServer } from "../../support/own-server";
import type { AuthenticatorApp } from "../../support/second-factor/authenticator-app";
import { addVirtualAuthenticator } from "../../support/second-factor/virtual-authenticator";
import { postAction } from "../../support/torture/portal-session";

const COLLEAGUE = { name: "Ana Colleague", email: "ana@vestibule.example", password: "four words of this test" };

const overview = (page: Page) => page.getByRole("heading", { level: 1, name: "Overview" });

/** Opens a browser of its own at the sign-in page, and writes the password into it. */
async function enterPassword(browser: Browser, server: OwnServer, who: { email: string; password: string }) {
  const page = await (await browser.newContext({ baseURL: server.baseUrl })).newPage();
  await page.goto("/sign-in");
  await new SignInPage(page).signIn(who);
  return { page, factors: new SecondFactorPage(page) };
}

/** Calls the action of the button "Reset two-step sign-in" with the cookies of a page, and returns why it was refused. */
async function refusalOfReset(page: Page, server: OwnServer, staffId: string): Promise<string | undefined> {
  const asked = {
    baseUrl: server.baseUrl,
    path: `/staff/${staffId}`,
    action: "resetSecondFactorsAction",
    input: { staffId },
  };
  const { result } = await postAction(page.request, asked);
  expect(result.ok).toBe(false);
  return result.error?.reason;
}

/** Follows the row of a member in the list of staff, and returns their id. */
async function openMember(page: Page, filter: string, name: string): Promise<string> {
  await page.goto(`/staff?secondFactor=${filter}`);
  await page.getByRole("row").getByRole("link", { name, exact: true }).click();
  await expect(page).toHaveURL(/\/staff\/[0-9a-f-]{36}$/);
  return new URL(page.url()).pathname.split("/").at(-1) ?? "";
}

// One server, whose administrator gets their second factor in the first test.
test.describe
  .serial("where a second factor is required", () => {
    let server: OwnServer;
    let page: Page;
    let factors: SecondFactorPage;
    let app: AuthenticatorApp;

    test.beforeAll(async ({ browser }) => {
      ({ server, page } = await openOwnSignIn(browser, "second-factor-required", { STAFF_MFA: "required" }));
      await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
      factors = new SecondFactorPage(page);
    });

    test.afterAll(async () => {
      await page.context().close();
      await stopOwnServer(server);
    });

    test("with STAFF_MFA=required a password alone opens the account page and nothing else, until a second factor is added", async () => {
      await new SignInPage(page).signIn(ADMINISTRATOR);
      await expect(page).toHaveURL(/\/account$/);
      await expect(factors.card).toContainText("This portal requires two-step sign-in.");
      for (const path of [
        "/",
        "/applications",
        "/applications/new",
        "/staff",
        "/audit",
        "/activity",
        "/rooms",
        "/people",
      ]) {
        await page.goto(path);
        await expect(page).toHaveURL(/\/account$/);
      }
      for (const path of ["/audit/export?format=json", "/applications/export?format=csv"]) {
        const answer = await page.request.get(path);
        expect([answer.status(), (await answer.json()) as unknown]).toEqual([
          403,
          expect.objectContaining({ code: "second_factor_required" }),
        ]);
      }
      const found = await page.request.post("/search", { data: { q: "a" }, headers: { origin: server.baseUrl } });
      expect(found.status()).toBe(403);
      await page.goto("/account");
      app = await factors.addApp();
      await factors.takeCodes();
      await expect(factors.card).not.toContainText("This portal requires two-step sign-in.");
      await page.goto("/applications");
      await expect(page.getByRole("heading", { level: 1, name: "Applications" })).toBeVisible();

      await page.goto("/account");
      await factors.card.getByRole("button", { name: "Remove the authenticator app" }).click();
      await page.getByRole("alertdialog").getByRole("button", { name: "Remove", exact: true }).click();
      await expect(factors.card.getByRole("alert")).toContainText("This is your last second factor");
      await page.context().clearCookies({ name: /session/ });
      await page.goto("/");
      await new SignInPage(page).signIn(ADMINISTRATOR);
      await factors.enterCode(await app.nextCode());
      await expect(overview(page)).toBeVisible();
    });

    test("an administrator takes a colleague's second factors away: every browser of theirs is signed out, what they had is refused, and they have to add another; nobody else can, and nobody for themselves", async ({
      browser,
    }) => {
      const staff = new StaffPages(page);
      await page.goto("/staff/invite");
      await staff.email.fill(COLLEAGUE.email);
      await staff.createInvitation.click();
      const link = await staff.takeLink();
      const guest = await (await browser.newContext({ baseURL: server.baseUrl })).newPage();
      await new StaffPages(guest).join(link, COLLEAGUE);
      await guest.context().close();

      const { page: theirs, factors: their } = await enterPassword(browser, server, COLLEAGUE);
      await expect(theirs).toHaveURL(/\/account$/);
      await addVirtualAuthenticator(theirs);
      await their.addPasskey("Laptop");
      // The page behind the codes is rendered anew when the next dialog is open already.
      let release = () => {};
      const isReleased = new Promise<void>((resolve) => {
        release = resolve;
      });
      await theirs.route(/\/account\?_rsc=/, (route) => isReleased.then(() => route.continue()));
      const codes = await their.takeCodes();
      const lost = await their.addApp(async () => {
        release();
        await expect(their.card).not.toContainText("This portal requires two-step sign-in.");
      });
      await theirs.unrouteAll();
      // Signed in by password, and halfway in, elsewhere.
      const { page: halfway, factors: pending } = await enterPassword(browser, server, COLLEAGUE);
      await expect(pending.code).toBeVisible();

      const colleagueId = await openMember(page, "passkey", COLLEAGUE.name);
      const administratorId = await openMember(page, "app", "Administrator");
      await expect(page.getByRole("button", { name: "Reset two-step sign-in" })).toHaveCount(0);
      expect(await refusalOfReset(page, server, administratorId)).toBe("own_account");
      for (const id of [administratorId, colleagueId]) {
        expect((await theirs.goto(`/staff/${id}`))?.status()).toBe(403);
        expect(await refusalOfReset(theirs, server, id)).toBe("forbidden");
        expect(await refusalOfReset(halfway, server, id)).toBe("session_ended");
      }

      await openMember(page, "on", COLLEAGUE.name);
      await staff.press("Reset two-step sign-in");
      await page.getByRole("button", { name: "Leave as it is" }).click();
      await theirs.goto("/account");
      await expect(their.card).toContainText("Laptop");
      await staff.confirm("Reset two-step sign-in");
      await expect(page.getByText(`The second factors of ${COLLEAGUE.name} are taken away.`)).toBeVisible();
      await expect(page.getByRole("button", { name: "Reset two-step sign-in" })).toHaveCount(0);
      expect(await refusalOfReset(page, server, colleagueId)).toBe("second_factor_missing");
      expect(await openMember(page, "off", COLLEAGUE.name)).toBe(colleagueId);

      await theirs.goto("/account");
      await expect(theirs).toHaveURL(/\/sign-in\?to=%2Faccount$/);
      await pending.enterCode(await lost.nextCode());
      await expect(halfway).toHaveURL(/\/sign-in\?problem=second_factor_lost/);
      await new SignInPage(theirs).signIn(COLLEAGUE);
      await expect(their.card).toContainText("This portal requires two-step sign-in.");
      await theirs.goto("/rooms");
      await expect(theirs).toHaveURL(/\/account$/);
      await expect(their.card).not.toContainText("Laptop");
      await expect(their.card).toContainText("Your second factors were taken away");
      const found = await their.addApp();
      await their.takeCodes();
      await theirs.goto("/rooms");
      await expect(theirs.getByRole("heading", { level: 1, name: "Rooms" })).toBeVisible();

      await theirs.context().clearCookies({ name: /session/ });
      await theirs.goto("/sign-in");
      await new SignInPage(theirs).signIn(COLLEAGUE);
      await expect(their.code).toBeVisible();
      await expect(their.passkey).toBeHidden();
      for (const enter of [
        async () => their.enterCode(await lost.nextCode()),
        () => their.enterRecoveryCode(codes[0] ?? ""),
      ]) {
        const answered = theirs.waitForResponse((answer) => answer.request().method() === "POST");
        await enter();
        await answered;
        await expect(their.failure).toContainText("This is not right, or was used before.");
      }
      await expect(theirs).toHaveURL(/\/sign-in\/second-factor/);
      await their.enterCode(await found.nextCode());
      await expect(overview(theirs)).toBeVisible();
      for (const one of [theirs, halfway]) await one.context().close();
    });
  });
