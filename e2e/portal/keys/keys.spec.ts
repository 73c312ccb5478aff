import { SHORTCUTS } from "../../../app/(portal)/_components/keys/shortcuts";
import { MESSAGES } from "../../../lib/i18n/messages";
import { Palette } from "../../pages/palette";
import { findViolations } from "../../support/accessibility";
import { expect, test, uniqueName } from "../fixtures";

const t = MESSAGES.en.keys;

/** Presses keys as they are written in the table. */
async function press(page: import("@playwright/test").Page, keys: string): Promise<void> {
  for (const key of keys.split(" ")) await page.keyboard.press(key);
}

test("“?” lists every key, and each that leads somewhere leads there", async ({ page }) => {
  await page.goto("/account");
  const palette = new Palette(page);
  // The page listens once the palette opens.
  await palette.open();
  await page.keyboard.press("Escape");
  await expect(palette.dialog).toBeHidden();
  await page.keyboard.press("?");
  const dialog = page.getByRole("dialog", { name: t.title });
  await expect(dialog.getByRole("button", { name: t.close })).toBeFocused();
  await expect(dialog.getByRole("definition")).toHaveText([t.acts.palette, ...SHORTCUTS.map(({ id }) => t.acts[id])]);
  await expect(dialog.getByRole("term")).toHaveText([
    /^(Ctrl|⌘)K$/,
    ...SHORTCUTS.map(({ keys }) => keys.replaceAll(" ", "").toUpperCase()),
  ]);
  expect(await findViolations(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  for (const { keys, href } of SHORTCUTS) {
    if (href === undefined) continue;
    await press(page, keys);
    await expect(page).toHaveURL((url) => url.pathname === href);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    // The field of the form has the focus; what leaves it is no part of this.
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  }
});

test("“/” goes into the search of the list, and opens that of the portal where there is none", async ({
  page,
  list,
}) => {
  await list.open();
  const palette = new Palette(page);
  await palette.open();
  await page.keyboard.press("Escape");
  await expect(palette.dialog).toBeHidden();
  await page.keyboard.press("/");
  await expect(list.search).toBeFocused();
  await expect(list.search).toHaveValue("");
  await expect(list.search).toHaveAttribute("aria-keyshortcuts", "/");
  await page.goto("/account");
  await palette.open();
  await page.keyboard.press("Escape");
  await expect(palette.dialog).toBeHidden();
  await page.keyboard.press("/");
  await expect(palette.field).toBeFocused();
  await expect(palette.field).toHaveValue("");
});

test("keys are letters in a field and in a dialog, and ask before they leave a form that is not saved", async ({
  page,
  form,
}) => {
  await form.open();
  await form.fill({ name: uniqueName("Keyed"), domains: ["example.com"] });
  await form.createAndReadCredentials();
  const address = page.url();
  await page.getByRole("button", { name: "Rotate secret" }).click();
  const dialog = page.getByRole("dialog", { name: "Make a new secret" });
  await expect(dialog).toBeVisible();
  await press(page, "g p");
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog")).toHaveCount(1);
  await page.keyboard.press("ControlOrMeta+k");
  await expect(page.getByRole("dialog")).toHaveCount(1);
  await page.keyboard.press("Escape");

  await page.goto(`${address}/edit`);
  await form.name.fill("");
  await form.name.pressSequentially("gp/c?");
  await expect(form.name).toHaveValue("gp/c?");
  await form.name.blur();
  await press(page, "g p");
  const question = page.getByRole("alertdialog", { name: "Leave without saving?" });
  await expect(question).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(question).toBeHidden();
  await expect(form.name).toHaveValue("gp/c?");
  await form.name.blur();
  await press(page, "g p");
  await question.getByRole("button", { name: "Leave without saving" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "People" })).toBeVisible();
});

test("keys that are pressed by themselves can be switched off, and Ctrl+K stays", async ({ page, list }) => {
  await page.goto("/account");
  await page.getByRole("button", { name: "Switch the keys off" }).click();
  await expect(page.getByText("They are switched off in this browser.")).toBeVisible();
  const palette = new Palette(page);
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  for (const { keys } of SHORTCUTS) await press(page, keys);
  // It opens where it was pressed: nothing went anywhere, nor opened a dialog before it.
  await palette.open();
  await expect(page).toHaveURL(/\/account$/);
  await page.keyboard.type("keys");
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: t.title });
  await expect(dialog).toContainText(t.off);
  await expect(dialog.getByRole("definition")).toHaveText([t.acts.palette]);
  await list.open();
  await expect(list.search).not.toHaveAttribute("aria-keyshortcuts", /.*/);

  await page.goto("/account");
  await page.getByRole("button", { name: "Switch the keys on" }).click();
  await expect(page.getByRole("button", { name: "Switch the keys off" })).toBeVisible();
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await press(page, "g r");
  await expect(page.getByRole("heading", { level: 1, name: "Rooms" })).toBeVisible();
});
