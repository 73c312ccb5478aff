import { SignInPage } from "../pages/sign-in-page";
import { UserMenu } from "../pages/user-menu";
import { administrator } from "../support/server";
import { expect, test } from "./fixtures";

test.use({ storageState: { cookies: [], origins: [] } });

const FAILURE = "Email and password do not match. Check both and try again.";

test("signs in, leads to the overview and from there to the applications, and signs out for good", async ({
  page,
  context,
  list,
}) => {
  const signIn = new SignInPage(page);
  await signIn.open();
  await signIn.signIn(administrator());
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
  await expect(page).toHaveURL("/");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Applications" }).click();
  await expect(list.heading).toBeVisible();
  const session = await context.cookies();

  const answered = page.waitForResponse(
    async (answer) => (await answer.allHeaders())["clear-site-data"] === '"cache", "storage"',
  );
  await new UserMenu(page).signOut.click();
  await answered;
  await expect(signIn.email).toBeVisible();
  await expect(page).toHaveURL("/sign-in");

  await context.addCookies(session);
  await page.goto("/applications");
  await expect(page).toHaveURL("/sign-in?to=%2Fapplications");
});

test("leads to the page that was asked for, filters included, also after a wrong password", async ({ page }) => {
  const signIn = new SignInPage(page);
  await page.goto("/rooms?q=standup&state=deleted");
  await expect(signIn.email).toBeVisible();
  await signIn.signIn({ ...administrator(), password: "not the password" });
  await expect(signIn.failure).toHaveText(FAILURE);
  await signIn.signIn(administrator());
  await expect(page.getByRole("heading", { level: 1, name: "Rooms" })).toBeVisible();
  await expect(page).toHaveURL("/rooms?q=standup&state=deleted");
});

test("a session that ends in the middle of an action leads back to the page with the action", async ({
  page,
  context,
}) => {
  const signIn = new SignInPage(page);
  await page.goto("/applications/new?from=a-link");
  await signIn.signIn(administrator());
  await page.getByLabel("Name", { exact: true }).fill("Half an application");
  await page.getByRole("radio", { name: "Any e-mail domain" }).check();
  await context.clearCookies({ name: /session/ });
  await page.getByRole("button", { name: "Create application", exact: true }).click();
  const opened = context.waitForEvent("page");
  await page.getByRole("link", { name: "Sign in, in a new tab", exact: true }).click();
  const tab = await opened;
  await new SignInPage(tab).signIn(administrator());
  await expect(tab).toHaveURL("/applications/new?from=a-link");
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Half an application");
  await tab.close();
});

for (const target of ["//evil.example/", "/\\evil.example/", "/\t/evil.example", "https://evil.example/"]) {
  test(`leads to the overview when it was to lead to ${JSON.stringify(target)}`, async ({ page }) => {
    await page.goto(`/sign-in?to=${encodeURIComponent(target)}`);
    await new SignInPage(page).signIn(administrator());
    await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
    await expect(page).toHaveURL("/");
  });
}

test("answers a wrong password and an unknown name alike, and keeps the e-mail but not the password", async ({
  page,
}) => {
  const signIn = new SignInPage(page);
  await signIn.open();
  // Nobody reads it over a shoulder, and a password manager knows it.
  await expect(signIn.password).toHaveAttribute("type", "password");
  await expect(signIn.password).toHaveAttribute("autocomplete", "current-password");
  for (const email of [administrator().email, "nobody@vestibule.example"]) {
    await signIn.signIn({ email, password: "not the password" });
    await expect(signIn.failure).toHaveText(FAILURE);
    await expect(signIn.email).toHaveValue(email);
    await expect(signIn.password).toHaveValue("");
  }
  await signIn.signIn({ email: "not an address", password: "not the password" });
  await expect(signIn.email).toHaveValue("not an address");
  await expect(signIn.failure).toHaveText(FAILURE);
  await expect(page).toHaveURL("/sign-in");
});

test("says to wait after five failures, also to the right password of somebody else's guess", async ({ page }) => {
  const signIn = new SignInPage(page);
  const email = `guessed-${Date.now()}@vestibule.example`;
  await signIn.open();
  for (let attempt = 1; attempt <= 5; attempt += 1) {
    await signIn.signIn({ email, password: `guess ${attempt}` });
    await expect(signIn.password).toHaveValue("");
    await expect(signIn.failure).toHaveText(FAILURE);
  }
  await signIn.signIn({ email, password: "guess 6" });
  await expect(signIn.failure).toHaveText("Too many attempts have failed. Wait 15 minutes, then try again.");
});

test("leads members who are signed in past the form", async ({ page }) => {
  const signIn = new SignInPage(page);
  await signIn.open();
  await signIn.signIn(administrator());
  await expect(page).toHaveURL("/");
  await page.goto("/sign-in");
  await expect(page).toHaveURL("/");
});

for (const path of ["/", "/applications", "/applications/new", "/applications/0190a5c0-0000-7000-8000-000000000000"]) {
  test(`answers strangers at ${path} with a redirect and nothing else`, async ({ request }) => {
    const first = await request.get(path, { maxRedirects: 0 });
    expect(first.status()).toBe(307);
    const last = await request.get(path);
    expect(new URL(last.url()).pathname).toBe("/sign-in");
    expect(await last.text()).not.toContain("New application");
  });
}

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("signs in, finds applications and signs out", async ({ page, list }) => {
    const signIn = new SignInPage(page);
    await signIn.open();
    await signIn.signIn({ email: administrator().email, password: "not the password" });
    await expect(signIn.failure).toHaveText(FAILURE);
    await expect(signIn.email).toHaveValue(administrator().email);

    await signIn.signIn(administrator());
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Applications" }).click();
    await expect(list.heading).toBeVisible();
    await list.search.fill("nothing is called that");
    await page.getByRole("button", { name: "Search", exact: true }).click();
    await expect(page.getByText("Nothing matches “nothing is called that”")).toBeVisible();

    await new UserMenu(page).signOut.click();
    await expect(page).toHaveURL("/sign-in");
  });

  for (const path of ["/invitation", "/new-password"]) {
    test(`says at ${path} that it needs them, and not that it checks the link`, async ({ page }) => {
      await page.goto(`${path}#a-link`);
      expect(await page.content()).toMatch(/<noscript>.*This page needs JavaScript/s);
      await expect(page.getByRole("main")).not.toContainText("Checking the link");
    });
  }
});
