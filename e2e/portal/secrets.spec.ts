import type { Page } from "@playwright/test";
import { MESSAGES as LANGUAGES } from "../../lib/i18n/messages";
import { ApplicationFormPage } from "../pages/application-form-page";
import { SecretsPage } from "../pages/secrets-page";
import { freshAddress } from "../support/http-client";
import { expectInvalidClient } from "../support/oauth-expectations";
import { type Credentials, postForm, tokenForm } from "../support/oauth-requests";
import { baseUrl } from "../support/server";
import { checkScreens } from "./check-screens";
import { expect, test, uniqueName } from "./fixtures";

const HEADER = "vestibule-secret-ends";

async function createApplication(page: Page, start: string): Promise<Credentials & { name: string }> {
  const form = new ApplicationFormPage(page);
  const name = uniqueName(start);
  await form.open();
  await form.fill({ name, scopes: ["rooms:create"], domains: ["example.org"] });
  const credentials = await form.createAndReadCredentials();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  return { name, ...credentials };
}

const askForToken = (credentials: Credentials, from = freshAddress()) =>
  postForm(baseUrl(), tokenForm(credentials, "ana@example.org"), { from });

test("a secret is rotated with an overlap: both work, the old one is told when it ends, and is revoked early", async ({
  page,
}) => {
  const old = await createApplication(page, "Overlap");
  const secrets = new SecretsPage(page);
  const fresh = await secrets.rotate();
  expect(fresh.clientId).toBe(old.clientId);
  await expect(secrets.rotateButton).toBeFocused();
  const [toOld, toFresh] = [await askForToken(old), await askForToken(fresh)];
  expect([toOld.status, toFresh.status]).toEqual([200, 200]);
  const hoursLeft = (Date.parse(String(toOld.headers[HEADER])) - Date.now()) / 3_600_000;
  expect(hoursLeft).toBeGreaterThan(23);
  expect(hoursLeft).toBeLessThanOrEqual(24);
  expect(toFresh.headers[HEADER]).toBeUndefined();

  await secrets.openFromApplication();
  const entry = secrets.entry(old);
  await expect(entry.getByText("Revocation scheduled", { exact: true })).toBeVisible();
  await expect(entry.getByText(/Last used .* from 127\./)).toBeVisible();
  await expect(entry.getByText("Still in use within the last 24 hours")).toBeVisible();
  // Each request of a test comes from an address of its own.
  const tracker = page.getByRole("region", { name: /^Change over/ });
  await expect(tracker.getByText("1 of 2 callers have moved.")).toBeVisible();
  const end = tracker.getByRole("button", { name: /^Revoke the old one/ });
  await end.click();
  await expect(secrets.question).toHaveAccessibleDescription(/One caller has not moved and stops working/);
  await page.keyboard.press("Escape");
  await expect(end).toBeFocused();

  await secrets.choose(old, "Revoke secret");
  await expect(secrets.dialog.getByRole("radio", { name: "Now" })).toBeChecked();
  await secrets.dialog.getByRole("button", { name: "Revoke secret" }).click();
  await secrets.expectSaid("The secret is revoked.");
  await expect(entry).toBeHidden();
  await expect(tracker).toBeHidden();
  await secrets.showEnded();
  await expect(entry.getByText("Revoked", { exact: true }).first()).toBeVisible();
  expectInvalidClient(await askForToken(old));
  const from = freshAddress();
  expect((await askForToken(fresh, from)).status).toBe(200);
  expect(await page.content()).not.toContain(fresh.clientSecret);

  const third = await secrets.rotate();
  await page.reload();
  await expect(tracker.getByText("0 of 2 callers have moved.")).toBeVisible();
  expect((await askForToken(third, from)).status).toBe(200);
  await page.reload();
  await expect(tracker.getByRole("row").filter({ hasText: from })).toContainText("Has moved");
  await end.click();
  await secrets.question.getByRole("button", { name: "Revoke the old one" }).click();
  await secrets.expectSaid("The secret is revoked.");
  await expect(tracker).toBeHidden();
  expectInvalidClient(await askForToken(fresh));
  expect((await askForToken(third)).status).toBe(200);
});

test("a rotation is cancelled with the keyboard alone: the old secret stays, the unused new one is revoked", async ({
  page,
  secret,
}) => {
  const old = await createApplication(page, "Cancelled");
  const secrets = new SecretsPage(page);
  await secrets.openFromApplication();
  await expect(secrets.rotateButton).toBeEnabled();
  await secrets.rotateButton.focus();
  await page.keyboard.press("Enter");
  await expect(secrets.dialog).toHaveAccessibleName("Make a new secret");
  await page.keyboard.press("Escape");
  await expect(secrets.rotateButton).toBeFocused();
  await page.keyboard.press("Enter");
  await secrets.dialog.getByRole("textbox", { name: "Label" }).focus();
  await page.keyboard.type("Winter");
  await page.keyboard.press("Enter");
  const fresh = await secret.read();
  await expect(secret.copySecret).toBeFocused();
  await secret.stored.focus();
  await page.keyboard.press("Space");
  await secret.done.focus();
  await page.keyboard.press("Enter");
  await expect(secrets.rotateButton).toBeFocused();

  await secrets
    .entry(old)
    .getByRole("button", { name: /^Cancel the revocation/ })
    .focus();
  await page.keyboard.press("Enter");
  await expect(secrets.question).toHaveAccessibleDescription(/was never used and is revoked now/);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await secrets.expectSaid("The new secret was never used and is revoked");
  await secrets.showEnded();
  await expect(secrets.entry(fresh).getByText("Revoked", { exact: true }).first()).toBeVisible();
  await expect(secrets.entry(fresh).getByRole("rowheader", { name: /^Winter/ })).toBeVisible();
  expect((await askForToken(old)).status).toBe(200);
  expectInvalidClient(await askForToken(fresh));
});

test("the last live secret is given up only by the application's name, and then at once", async ({ page }) => {
  const only = await createApplication(page, "Compromised");
  const secrets = new SecretsPage(page);
  await secrets.openFromApplication();
  await secrets.choose(only, "Mark as compromised");
  await secrets.dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(secrets.entry(only).getByRole("button", { name: /^Actions for the secret/ })).toBeFocused();
  await secrets.choose(only, "Mark as compromised");
  const name = secrets.dialog.getByRole("textbox", { name: "Name of the application" });
  await name.fill("another name");
  await secrets.dialog.getByRole("button", { name: "Mark as compromised" }).click();
  await expect(secrets.dialog.getByText("This is not the name of the application.")).toBeVisible();
  await expect(name).toBeFocused();
  expect((await askForToken(only)).status).toBe(200);
  await name.fill(only.name);
  await secrets.dialog.getByRole("button", { name: "Mark as compromised" }).click();
  await secrets.expectSaid("The secret is revoked and marked as compromised.");
  expectInvalidClient(await askForToken(only));
});

test("an application is deleted once its name is typed, and is gone for staff and for machines", async ({
  page,
  list,
  application,
}) => {
  const doomed = await createApplication(page, "Doomed");
  const address = page.url();
  await application.openMenu();
  await page.getByRole("button", { name: "Delete application" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText("It has created no room that exists still.")).toBeVisible();
  await dialog.getByRole("button", { name: "Delete application" }).click();
  await expect(dialog.getByText("This is not the name of the application.")).toBeVisible();
  await dialog.getByRole("textbox", { name: "Name of the application" }).fill(doomed.name);
  await dialog.getByRole("button", { name: "Delete application" }).click();
  await expect(page).toHaveURL(/\/applications$/);
  expectInvalidClient(await askForToken(doomed));
  await list.open(`?q=${encodeURIComponent(doomed.name)}`);
  await expect(page.getByText(/Nothing matches/)).toBeVisible();
  expect((await page.goto(address))?.status()).toBe(404);
});

checkScreens("secrets", async (page, language) => {
  const old = await createApplication(page, `Screens ${"with-a-name-that-has-no-place-to-break".repeat(3)}`);
  const applicationPath = new URL(page.url()).pathname;
  const fresh = await new SecretsPage(page).rotate();
  for (const credentials of [old, fresh]) expect((await askForToken(credentials)).status).toBe(200);
  const t = LANGUAGES[language];
  const secretsPath = `${applicationPath}/secrets`;
  const open =
    (path: string, button: string, role: "dialog" | "alertdialog" = "dialog", isInMenu = false) =>
    async (shown: Page) => {
      await shown.goto(path);
      if (isInMenu) await shown.getByRole("main").locator("summary").click();
      await shown.getByRole("button", { name: button }).first().click();
      await expect(shown.getByRole(role)).toBeVisible();
    };
  const openMenu = (shown: Page) => shown.getByRole("row").last().getByRole("button").last().click();
  const chosen = (action: string) => async (shown: Page) => {
    await shown.goto(secretsPath);
    await openMenu(shown);
    await shown.getByRole("menuitem", { name: action }).click();
    await expect(shown.getByRole("dialog")).toBeVisible();
  };
  return {
    secrets: (shown) => shown.goto(secretsPath),
    rotating: open(secretsPath, t.secretForms.rotate),
    adding: open(secretsPath, t.secretForms.add),
    "menu of a secret": async (shown) => {
      await shown.goto(secretsPath);
      await openMenu(shown);
      await expect(shown.getByRole("menuitem", { name: t.secretForms.revoke })).toBeVisible();
    },
    ending: chosen(t.secretForms.revoke),
    cancelling: open(secretsPath, t.secretForms.cancelRevocation, "alertdialog"),
    compromising: chosen(t.secretForms.markCompromised),
    "ending tokens": open(applicationPath, t.revokeAccess.revokeTokens, "alertdialog", true),
    deleting: open(applicationPath, t.revokeAccess.delete, "dialog", true),
  };
});
