import { expect, type Page, test } from "@playwright/test";
import { findFreePort } from "../../lib/testing/process/loopback";
import { ApplicationFormPage } from "../pages/application-form-page";
import { ProviderPage } from "../pages/provider-page";
import { SecretDialog } from "../pages/secret-dialog";
import { SignInPage } from "../pages/sign-in-page";
import { UserMenu } from "../pages/user-menu";
import { findViolations } from "../support/accessibility";
import { type OpenIdProvider, startOpenIdProvider } from "../support/openid-provider";
import { type OwnServer, startOwnServer } from "../support/own-server";
import { copyDataDirectory } from "../support/server";

test.describe.configure({ mode: "serial" });

const ADMINISTRATOR = { email: "administrator@vestibule.example", password: "a password of this test alone" };
const ANA = {
  sub: "7f1c2a",
  email: "ana@university.example",
  email_verified: true,
  name: "Ana Müller",
  groups: ["portal-admins"],
};

let provider: OpenIdProvider;
let server: OwnServer;

test.beforeAll(async () => {
  const port = await findFreePort();
  // It says when somebody signed in only when it is asked: then no sign-in is fresh, and nobody has to wait until one
  // is old.
  provider = await startOpenIdProvider(`http://localhost:${port}`, { tellsAuthTime: false });
  provider.accounts.set("ana", { ...ANA });
  provider.accounts.set("ben", { sub: "b", email: "ben@university.example", email_verified: true, groups: [] });
  provider.accounts.set("eve", { ...ANA, sub: "e", email: ADMINISTRATOR.email });
  server = await startOwnServer({
    DATA_DIR: copyDataDirectory("organisation"),
    PORT: String(port),
    ADMIN_EMAIL: ADMINISTRATOR.email,
    ADMIN_PASSWORD: ADMINISTRATOR.password,
    ...provider.environment,
  });
  await server.ready;
});

test.afterAll(async () => {
  server.process.kill("SIGTERM");
  await server.exited;
  await provider.close();
});

async function goToProvider(page: Page): Promise<ProviderPage> {
  await page.goto(`${server.baseUrl}/sign-in`);
  await new SignInPage(page).organisation.click();
  const atProvider = new ProviderPage(page);
  await expect(atProvider.heading).toBeVisible();
  return atProvider;
}

async function signIn(page: Page, userName: string): Promise<void> {
  await (await goToProvider(page)).signIn(userName);
}

const overview = (page: Page) => page.getByRole("heading", { level: 1, name: "Overview", exact: true });

test("lets a member in through the provider, shows how they come in, and signs them out for good", async ({ page }) => {
  await signIn(page, "ana");
  await expect(overview(page)).toBeVisible();
  await expect(page).toHaveURL(`${server.baseUrl}/`);
  const names = (await page.context().cookies(server.baseUrl)).map(({ name }) => name);
  expect(names).toContain("vestibule.session");
  expect(names).not.toContain("vestibule.organisation-sign-in");

  await page.goto(`${server.baseUrl}/account`);
  await expect(
    page.getByText("You sign in through your identity provider. Your password is changed there."),
  ).toBeVisible();
  await expect(page.getByLabel("Current password", { exact: true })).toBeHidden();

  await page.goto(`${server.baseUrl}/staff`);
  const rows = page.getByRole("row");
  await expect(rows.filter({ hasText: ANA.email })).toContainText("Signs in with the organisation");
  await expect(rows.filter({ hasText: ADMINISTRATOR.email })).not.toContainText("organisation");
  await page.getByRole("link", { name: ANA.name, exact: true }).click();
  await expect(page.getByText("Organisation, which also decides about the role", { exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: "Make a password link", exact: true })).toBeHidden();

  const session = await page.context().cookies(server.baseUrl);
  await new UserMenu(page).signOut.click();
  await expect(new SignInPage(page).organisation).toBeVisible();
  await page.context().addCookies(session);
  await page.goto(`${server.baseUrl}/applications?q=calendar`);
  // The provider still knows her, and she lands where she wanted to go.
  await new SignInPage(page).organisation.click();
  await expect(page).toHaveURL(`${server.baseUrl}/applications?q=calendar`);
});

test("asks a member without a password for a fresh proof at the provider, by keyboard alone, and then does what was asked", async ({
  page,
}) => {
  await signIn(page, "ana");
  await expect(overview(page)).toBeVisible();
  await page.goto(`${server.baseUrl}/applications/new`);
  const form = new ApplicationFormPage(page);
  await form.fill({ name: "Calendar", scopes: ["rooms:create"], domains: ["example.org"] });
  await form.create.focus();
  await page.keyboard.press("Enter");

  const dialog = page.getByRole("alertdialog", { name: "Confirm that it is you" });
  const onwards = dialog.getByRole("link", { name: "Continue with Example University", exact: true });
  await expect(onwards).toBeFocused();
  await expect(dialog.getByLabel("Password", { exact: true })).toBeHidden();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(form.create).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(onwards).toBeFocused();

  // Signed in at the provider already, and asked all the same.
  const broken = page.context().waitForEvent("page");
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("status")).toHaveText("Waiting for the other tab…");
  await new ProviderPage(await broken).cancel.click();
  await expect(dialog.getByRole("alert")).toHaveText(/^You were not signed in/);
  await (await broken).close();

  const opened = page.context().waitForEvent("page");
  await onwards.press("Enter");
  await new ProviderPage(await opened).signIn("ana");
  const secret = new SecretDialog(page);
  await expect(secret.dialog).toHaveAccessibleDescription(/^Calendar is created/);
  await secret.confirmAndClose();
  await expect(page.getByRole("heading", { level: 1, name: "Calendar", exact: true })).toBeVisible();
});

for (const { what, userName, says } of [
  { what: "who has no role here", userName: "ben", says: /^Your organisation has not given you a role in this portal/ },
  {
    what: "whose e-mail has a password account",
    userName: "eve",
    says: /^An account with your e-mail address is here/,
  },
]) {
  test(`says to somebody ${what} what to do next, where the focus is`, async ({ page }) => {
    await signIn(page, userName);
    const { failure, organisation } = new SignInPage(page);
    await expect(failure).toHaveText(says);
    await expect(page.locator(":focus")).toHaveText(says);
    await expect(organisation).toBeVisible();
    await page.goto(`${server.baseUrl}/applications`);
    await expect(page).toHaveURL(`${server.baseUrl}/sign-in?to=%2Fapplications`);
  });
}

test("lets somebody change their mind at the provider and sign in with a password instead", async ({ page }) => {
  await (await goToProvider(page)).cancel.click();
  const form = new SignInPage(page);
  await expect(form.failure).toHaveText(/^You were not signed in: it was broken off/);
  await form.signIn(ADMINISTRATOR);
  await expect(overview(page)).toBeVisible();
});

test("begins no sign-in that a page elsewhere asked for", async ({ page }) => {
  await page.goto(`${provider.issuer}/interaction/elsewhere`);
  await page.evaluate((address) => {
    document.body.innerHTML = `<a href="${address}">Win a prize</a>`;
  }, `${server.baseUrl}/api/auth/organisation/start`);
  await page.getByRole("link", { name: "Win a prize", exact: true }).click();
  await expect(new SignInPage(page).organisation).toBeVisible();
  const names = (await page.context().cookies(server.baseUrl)).map(({ name }) => name);
  expect(names).not.toContain("vestibule.organisation-sign-in");
});

test("shows no problem that the address makes up", async ({ page }) => {
  for (const problem of ["nonsense", "constructor", "<b>x</b>"]) {
    await page.goto(`${server.baseUrl}/sign-in?problem=${encodeURIComponent(problem)}`);
    await expect(new SignInPage(page).organisation).toBeVisible();
    await expect(new SignInPage(page).failure).toBeHidden();
  }
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("lets a member in", async ({ page }) => {
    await signIn(page, "ana");
    await expect(overview(page)).toBeVisible();
  });
});

for (const { language, theme } of [
  { language: "en", theme: "light" },
  { language: "fr", theme: "dark" },
]) {
  test(`the sign-in page follows WCAG 2.2 AA and fits on 320 pixels: ${language}, ${theme}`, async ({ page }) => {
    await page.context().addCookies([
      { name: "locale", value: language, url: server.baseUrl },
      { name: "theme", value: theme, url: server.baseUrl },
    ]);
    for (const path of ["/sign-in", "/sign-in?problem=organisation_email_taken", "/identity-confirmed"]) {
      await page.goto(server.baseUrl + path);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      expect(await findViolations(page)).toEqual([]);
      await page.setViewportSize({ width: 320, height: 640 });
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
      await page.setViewportSize({ width: 1280, height: 720 });
    }
  });
}

test("writes no secret, code or token into the log", async () => {
  await expect.poll(() => server.output()).toContain("organisation_sign_in_refused");
  expect(server.output()).not.toContain(provider.clientSecret);
  expect(server.output()).not.toMatch(/code=|eyJ|@university\.example/);
});
