import { UserMenu } from "../pages/user-menu";
import { expect, test } from "./fixtures";

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

test.describe("a French browser", () => {
  test.use({ locale: "fr-FR", storageState: { cookies: [], origins: [] } });

  test("is answered in French", async ({ page }) => {
    await page.goto("/sign-in");
    await expect(page.getByRole("button", { name: "Se connecter" })).toBeVisible();
    await expect(page.locator("html")).toHaveAttribute("lang", "fr");
  });
});
