import { expect, type Page, test } from "@playwright/test";
import { SecondFactorPage } from "../../pages/second-factor-page";
import { SignInPage } from "../../pages/sign-in-page";
import { OWN_ADMINISTRATOR as ADMINISTRATOR, openOwnSignIn, stopOwnServer } from "../../support/own-portal";

async function openSignIn(...asked: Parameters<typeof openOwnSignIn>) {
  const { server, page } = await openOwnSignIn(...asked);
  return { server, page, factors: new SecondFactorPage(page) };
}

async function signInAgain(page: Page, to = "/"): Promise<void> {
  await page.context().clearCookies({ name: /session/ });
  await page.goto(to);
  await new SignInPage(page).signIn(ADMINISTRATOR);
}

const sessionCookieOf = async (page: Page) =>
  (await page.context().cookies()).find(({ name }) => name.endsWith("vestibule.session"))?.value;

const overview = (page: Page) => page.getByRole("heading", { level: 1, name: "Overview" });

test("an authenticator app and recovery codes are asked for after the password, each good once, by keyboard alone", async ({
  browser,
}) => {
  const { server, page, factors } = await openSignIn(browser, "second-factor");
  await new SignInPage(page).signIn(ADMINISTRATOR);
  await expect(overview(page)).toBeVisible();
  await page.goto("/account");
  const app = await factors.addApp();
  const codes = await factors.takeCodes();
  expect(codes).toHaveLength(10);
  await expect(factors.card).toContainText("10 left of 10");
  await expect(factors.card.getByText("On", { exact: true })).toBeVisible();

  await signInAgain(page, "/applications?q=a");
  await expect(page).toHaveURL(/\/sign-in\/second-factor\?to=%2Fapplications/);
  await expect(factors.code).toBeFocused();
  expect(await sessionCookieOf(page)).toBeUndefined();
  const elsewhere = await page.context().newPage();
  for (const path of ["/account", "/", "/audit"]) {
    await elsewhere.goto(path);
    await expect(elsewhere).toHaveURL(/\/sign-in(?:\?|$)/);
  }
  await elsewhere.close();
  await factors.enterCode("000000");
  await expect(factors.failure).toContainText("This is not right");
  await factors.enterCode(await app.nextCode());
  await expect(page).toHaveURL(/\/applications\?q=a$/);

  await signInAgain(page);
  const [code = ""] = codes;
  await factors.enterRecoveryCode(code);
  await expect(overview(page)).toBeVisible();
  await signInAgain(page);
  await factors.enterRecoveryCode(code);
  await expect(factors.failure).toContainText("This is not right, or was used before.");

  await page.context().clearCookies({ name: /pending/ });
  await factors.enterRecoveryCode(codes[1] ?? "");
  await expect(page).toHaveURL(/\/sign-in\?problem=second_factor_lost/);
  await expect(page.getByRole("main").getByRole("alert")).toContainText("Start again from here.");

  await page.context().close();
  await stopOwnServer(server);
  for (const one of codes) expect(server.output()).not.toContain(one);
});

test("the second step works without scripts", async ({ browser }) => {
  const { server, page, factors } = await openSignIn(browser, "second-factor-plain");
  await new SignInPage(page).signIn(ADMINISTRATOR);
  await expect(overview(page)).toBeVisible();
  await page.goto("/account");
  const app = await factors.addApp();
  await factors.takeCodes();
  const context = await browser.newContext({ baseURL: server.baseUrl, javaScriptEnabled: false });
  const plain = await context.newPage();
  await plain.goto("/sign-in?to=/rooms");
  await new SignInPage(plain).signIn(ADMINISTRATOR);
  const second = new SecondFactorPage(plain);
  await second.enterCode("000000");
  await expect(second.failure).toContainText("This is not right");
  await second.enterCode(await app.nextCode());
  await expect(plain).toHaveURL(/\/rooms$/);
  await context.close();
  await page.context().close();
  await stopOwnServer(server);
});

test("with STAFF_MFA=required a password alone opens the account page and nothing else, until a second factor is added", async ({
  browser,
}) => {
  const { server, page, factors } = await openSignIn(browser, "second-factor-required", { STAFF_MFA: "required" });
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
  const app = await factors.addApp();
  await factors.takeCodes();
  await expect(factors.card).not.toContainText("This portal requires two-step sign-in.");
  await page.goto("/applications");
  await expect(page.getByRole("heading", { level: 1, name: "Applications" })).toBeVisible();

  await page.goto("/account");
  await factors.card.getByRole("button", { name: "Remove the authenticator app" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Remove", exact: true }).click();
  await expect(factors.card.getByRole("alert")).toContainText("This is your last second factor");
  await signInAgain(page);
  await factors.enterCode(await app.nextCode());
  await expect(overview(page)).toBeVisible();
  await page.context().close();
  await stopOwnServer(server);
});
