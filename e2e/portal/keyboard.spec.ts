import type { Page } from "@playwright/test";
import { expect, test, uniqueName } from "./fixtures";

/** Presses Tab until the focus is on what has this name, as somebody does who cannot see where it is. */
async function tabTo(page: Page, role: "link" | "textbox" | "checkbox" | "radio" | "button", name: string | RegExp) {
  const target = page.getByRole(role, { name }).first();
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press("Tab");
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`Tab never reached ${role} ${name}.`);
}

test("an application is created, its secret copied and the application shut out, with the keyboard alone", async ({
  page,
  list,
  secret,
  application,
}) => {
  const name = uniqueName("Keyboard");
  await list.open();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await tabTo(page, "link", "New application");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "New application" })).toBeVisible();

  await tabTo(page, "textbox", "Name");
  await page.keyboard.type(name);
  await tabTo(page, "checkbox", /rooms:create/);
  await page.keyboard.press("Space");
  await tabTo(page, "radio", "Any e-mail domain");
  await page.keyboard.press("ArrowDown");
  await tabTo(page, "textbox", "Allowed domains");
  await page.keyboard.type("example.org");
  await tabTo(page, "button", "Create application");
  await page.keyboard.press("Enter");

  await expect(secret.copySecret).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(secret.dialog.getByText("Client secret copied.")).toBeVisible();
  await tabTo(page, "checkbox", "I have stored it in a safe place");
  await page.keyboard.press("Space");
  await tabTo(page, "button", "Done");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();

  await tabTo(page, "button", "Rotate secret");
  await page.keyboard.press("Tab");
  await expect(application.menu).toBeFocused();
  await page.keyboard.press("Enter");
  await tabTo(page, "button", "Deactivate");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Keep it active" })).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(application.menu).toBeFocused();
  await expect(page.getByText("This application is deactivated")).toBeVisible();
});

test("the focus never leaves the dialog that shows the secret", async ({ page, form, secret }) => {
  await form.open();
  await form.fill({ name: uniqueName("Trapped") });
  await form.create.click();
  await expect(secret.dialog).toBeVisible();
  for (let presses = 0; presses < 15; presses += 1) {
    await page.keyboard.press(presses < 8 ? "Tab" : "Shift+Tab");
    expect(await secret.dialog.evaluate((dialog) => dialog.contains(document.activeElement))).toBe(true);
  }
});

test("a table that is too wide is scrolled with the keyboard", async ({ page, form, list }) => {
  await form.open();
  await form.fill({ name: uniqueName("Wide"), scopes: ["rooms:create", "rooms:list", "rooms:retrieve"] });
  await form.createAndReadCredentials();
  await page.setViewportSize({ width: 360, height: 740 });
  await list.open();
  const region = page.getByRole("region", { name: "Applications" });
  await region.focus();
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => region.evaluate((element) => element.scrollLeft)).toBeGreaterThan(0);
});
