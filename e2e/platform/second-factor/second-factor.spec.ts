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
