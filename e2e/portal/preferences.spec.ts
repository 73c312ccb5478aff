import { SecretDialog } from "../pages/secret-dialog";
import { UserMenu } from "../pages/user-menu";
import { expect, test, uniqueName } from "./fixtures";

test("the language can be chosen, stays, and is the language of the document", async ({ page }) => {
  await page.goto("/applications");
  const html = page.locator("html");
  await expect(html).toHaveAttribute("lang", "en");
  const menu = new UserMenu(page);
  await menu.open();
  await menu.choose("Français");
  await expect(html).toHaveAttribute("lang", "fr");
  await expect(page.getByRole("link", { name: "Nouvelle application" })).toBeVisible();
  await page.goto("/applications/new");
  await expect(page.getByRole("heading", { level: 1, name: "Nouvelle application" })).toBeVisible();
});

test("changing the language keeps what is being typed", async ({ page, form }) => {
  await form.open();
  await form.name.fill("Half-typed");
  const menu = new UserMenu(page);
  await menu.open();
  await menu.choose("Français");
  await expect(page.getByRole("button", { name: "Créer l’application" })).toBeVisible();
  await expect(page.getByLabel("Nom", { exact: true })).toHaveValue("Half-typed");
});

test("the colours can be chosen, and are there with the first byte", async ({ page }) => {
  await page.goto("/applications");
  const menu = new UserMenu(page);
  await menu.open();
  await menu.choose("Dark");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  expect(await (await page.request.get("/applications")).text()).toMatch(/<html[^>]* data-theme="dark"/);
  await menu.choose("System");
  await expect(page.locator("html")).not.toHaveAttribute("data-theme");
});

test("the menu closes with Escape, which gives the focus back, and with a click elsewhere", async ({ page }) => {
  await page.goto("/applications");
  const menu = new UserMenu(page);
  const choice = menu.region.getByRole("button", { name: "Français" });
  await menu.open();
  await choice.focus();
  await page.keyboard.press("Escape");
  await expect(choice).toBeHidden();
  await menu.open();
  await expect(choice).toBeVisible();
  await page.getByRole("heading", { level: 1 }).click();
  await expect(choice).toBeHidden();
});

test.describe("a browser in Paris", () => {
  test.use({ timezoneId: "Europe/Paris" });

  test("is shown its own time, with UTC for whoever reads a log beside it, and can choose another zone", async ({
    page,
  }) => {
    await page.goto("/account");
    await expect(page.getByTitle(/\d\d:\d\d GMT\+[12] · .* UTC$/).first()).toBeVisible();
    const zone = page.getByRole("combobox", { name: "Time zone" });
    await expect(zone.locator("option:checked")).toHaveText("As this browser says");
    await zone.selectOption("Asia/Tokyo");
    await page.getByRole("button", { name: "Use this time zone" }).click();
    await expect(page.getByTitle(/\d\d:\d\d GMT\+9 · .* UTC$/).first()).toBeVisible();
    await page.reload();
    await expect(zone).toHaveValue("Asia/Tokyo");
    await zone.selectOption("");
    await page.getByRole("button", { name: "Use this time zone" }).click();
    await expect(page.getByTitle(/\d\d:\d\d GMT\+[12] · .* UTC$/).first()).toBeVisible();
  });

  test("writes moments as its clocks show them, and the link to them means the same elsewhere", async ({
    page,
    browser,
  }) => {
    await page.goto("/audit");
    await page.getByText("From … to …").click();
    await page.getByLabel("From (Europe/Paris)").fill("2026-11-24T15:45");
    await expect(page).toHaveURL(/from=2026-11-24T15%3A45.*zone=Europe%2FParis/);
    await expect(page.getByLabel("From (Europe/Paris)")).toHaveValue("2026-11-24T15:45");
    const tokyo = await browser.newContext({
      timezoneId: "Asia/Tokyo",
      storageState: await page.context().storageState(),
      baseURL: new URL(page.url()).origin,
    });
    const other = await tokyo.newPage();
    await other.goto(page.url());
    await other.getByText("From … to …").click();
    await expect(other.getByLabel("From (Asia/Tokyo)")).toHaveValue("2026-11-24T23:45");
    await tokyo.close();
  });

  test("lets a secret expire when its own clock says so", async ({ page, form }) => {
    await form.open();
    await form.fill({ name: uniqueName("Zoned"), domains: ["example.com"] });
    await form.createAndReadCredentials();
    await page.goto(`${page.url()}/secrets`);
    await page.getByRole("button", { name: "Add secret" }).click();
    await page.getByLabel("Expires (Europe/Paris)").fill("2126-07-24T15:45");
    await page.getByRole("dialog").getByRole("button", { name: "Add secret" }).click();
    const dialog = new SecretDialog(page);
    await dialog.read();
    await dialog.confirmAndClose();
    await expect(page.locator('time[datetime="2126-07-24T13:45:00.000Z"]').first()).toBeVisible();
  });
});

test.describe("a French browser", () => {
  test.use({ locale: "fr-FR", storageState: { cookies: [], origins: [] } });

  test("is answered in French", async ({ page }) => {
    await page.goto("/sign-in");
    await expect(page.getByRole("button", { name: "Se connecter" })).toBeVisible();
    await expect(page.locator("html")).toHaveAttribute("lang", "fr");
  });
});
