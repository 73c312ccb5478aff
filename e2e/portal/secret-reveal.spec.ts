import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import type { ApplicationFormPage } from "../pages/application-form-page";
import { SecretsPage } from "../pages/secrets-page";
import { baseUrl } from "../support/server";
import { expect, test, uniqueName } from "./fixtures";

async function create(form: ApplicationFormPage): Promise<string> {
  const name = uniqueName("Reveal");
  await form.open();
  await form.fill({ name, scopes: ["rooms:create"], domains: ["example.org"] });
  await form.create.click();
  return name;
}

/** Everything a page keeps: markup, field values, storage, history and address. */
function everythingIn(page: Page): Promise<string> {
  return page.evaluate(() => {
    const fields = [...document.querySelectorAll("input, textarea")].map((field) =>
      "value" in field ? field.value : "",
    );
    return JSON.stringify([
      document.documentElement.outerHTML,
      fields,
      { ...localStorage },
      { ...sessionStorage },
      history.state,
      location.href,
      document.cookie,
      performance.getEntries().map(({ name }) => name),
    ]);
  });
}

test("shows the secret once: afterwards it is nowhere", async ({ page, form, secret }) => {
  const name = await create(form);
  const { clientId, clientSecret } = await secret.read();
  await expect(secret.clientSecret).toHaveAttribute("readonly", "");
  await expect(secret.copySecret).toBeFocused();
  await secret.confirmAndClose();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  await expect(page).toHaveURL(/\/applications\/[0-9a-f-]{36}$/);

  for (const visit of [
    () => Promise.resolve(),
    () => page.reload(),
    () => page.goBack(),
    () => page.goto("/applications"),
    () => page.goto(`/applications?q=${clientId}`),
  ]) {
    await visit();
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(secret.dialog).toBeHidden();
    expect(await everythingIn(page)).not.toContain(clientSecret);
  }
  expect(await (await page.request.get(`/applications?q=${clientId}`)).text()).not.toContain(clientSecret);
});

test("is announced with its name and explanation", async ({ form, secret }) => {
  const name = await create(form);
  await expect(secret.dialog).toHaveAccessibleName("Store these credentials now");
  await expect(secret.dialog).toHaveAccessibleDescription(
    new RegExp(`${name} is created\\. The secret is shown this one time`),
  );
});

test("copies the secret and the client id, and says so", async ({ page, form, secret }) => {
  await create(form);
  const { clientId, clientSecret } = await secret.read();
  await secret.copySecret.click();
  await expect(secret.dialog.getByText("Client secret copied.")).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(clientSecret);
  await secret.copyId.click();
  await expect(secret.dialog.getByText("Client ID copied.")).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(clientId);
});

test("selects the secret when the browser refuses to copy, and does not take it for stored", async ({
  page,
  form,
  secret,
}) => {
  await page.addInitScript(() => {
    navigator.clipboard.writeText = () => Promise.reject(new DOMException("refused", "NotAllowedError"));
    document.execCommand = () => false;
  });
  await create(form);
  const { clientSecret } = await secret.read();
  await secret.copySecret.click();
  await expect(secret.dialog.getByText("The browser refused to copy.")).toBeVisible();
  await expect(secret.clientSecret).toBeFocused();
  expect(await page.evaluate(() => document.getSelection()?.toString())).toBe(clientSecret);
  await secret.done.click();
  await expect(secret.dialog).toBeVisible();
});

test("downloads and copies both, with the addresses they are for, as environment variables", async ({
  page,
  form,
  secret,
}) => {
  await create(form);
  const { clientId, clientSecret } = await secret.read();
  const started = page.waitForEvent("download");
  await secret.download.click();
  const download = await started;
  expect(download.suggestedFilename()).toBe("vestibule.env");
  const text = [
    `VESTIBULE_CLIENT_ID=${clientId}`,
    `VESTIBULE_CLIENT_SECRET=${clientSecret}`,
    `VESTIBULE_TOKEN_URL=${baseUrl()}/api/oauth/token`,
    `VESTIBULE_ROOMS_URL=${baseUrl()}/api/external/rooms`,
    "",
  ].join("\n");
  expect(readFileSync(await download.path(), "utf8")).toBe(text);
  await secret.copyEnv.click();
  await expect(secret.dialog.getByText("Copied.", { exact: true })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(text);
});

test("is not taken for stored because it was copied or downloaded: only a person can say so", async ({
  page,
  form,
  secret,
}) => {
  await create(form);
  await secret.copySecret.click();
  await expect(secret.dialog.getByText("Client secret copied.")).toBeVisible();
  const started = page.waitForEvent("download");
  await secret.download.click();
  await started;
  await expect(secret.stored).not.toBeChecked();
  await secret.done.click();
  await expect(secret.dialog.getByRole("alert")).toBeVisible();
  await expect(secret.clientSecret).toBeVisible();
});

test("asks once before it closes on a secret that was not stored, and says what the next press does", async ({
  page,
  form,
  secret,
}) => {
  await create(form);
  await secret.done.click();
  await expect(secret.dialog.getByRole("alert")).toContainText("Nobody will see this secret again");
  await expect(secret.clientSecret).toBeVisible();
  await expect(secret.done).toBeHidden();
  await secret.closeAndLose.click();
  await expect(secret.dialog).toBeHidden();
  await expect(page.getByRole("button", { name: "Rotate secret" })).toBeVisible();
});

test("does not take a double click for a second decision", async ({ form, secret }) => {
  await create(form);
  await secret.done.dblclick();
  await expect(secret.closeAndLose).toBeVisible();
  await expect(secret.clientSecret).toBeVisible();
});

test("offers to lose it for the next press only: Escape, and a tick that is taken back, begin anew", async ({
  page,
  form,
  secret,
}) => {
  await create(form);
  await expect(secret.dialog).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(secret.dialog.getByRole("alert")).toContainText("You have not said that the secret is stored");
  await secret.done.click();
  await expect(secret.closeAndLose).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(secret.closeAndLose).toBeHidden();
  await secret.done.click();
  await expect(secret.closeAndLose).toBeVisible();
  await secret.stored.check();
  await secret.stored.uncheck();
  await expect(secret.closeAndLose).toBeHidden();
  await expect(secret.dialog.getByRole("alert")).toBeHidden();
  await secret.done.click();
  await secret.closeAndLose.click();
  await expect(secret.dialog).toBeHidden();
});

test("asks before a reload takes it, until somebody says that it is stored", async ({ page, form, secret }) => {
  await create(form);
  const { clientSecret } = await secret.read();
  const asked: string[] = [];
  page.on("dialog", async (dialog) => {
    asked.push(dialog.type());
    await dialog.dismiss();
  });
  await page.evaluate(() => location.reload());
  await expect.poll(() => asked).toEqual(["beforeunload"]);
  await expect(secret.clientSecret).toHaveValue(clientSecret);
  await secret.stored.check();
  await page.reload();
  await expect(secret.dialog).toBeHidden();
  expect(asked).toEqual(["beforeunload"]);
});

test("is not taken by Back, which leads on once it is stored", async ({ page, form, secret, list }) => {
  await list.open();
  await page.getByRole("link", { name: "New application" }).click();
  const name = uniqueName("Reveal");
  await form.fill({ name, scopes: ["rooms:create"], domains: ["example.org"] });
  await form.create.click();
  const { clientSecret } = await secret.read();
  for (let press = 0; press < 2; press += 1) {
    await page.evaluate(() => history.back());
    await expect(secret.dialog.getByRole("alert")).toContainText("You have not said that the secret is stored");
    await expect(page).toHaveURL("/applications/new");
    await expect(secret.clientSecret).toHaveValue(clientSecret);
  }
  await secret.confirmAndClose();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  expect(await everythingIn(page)).not.toContain(clientSecret);
});

test("is told of in amber when nobody took it, and revoked with one press", async ({ page, form, secret }) => {
  await create(form);
  const credentials = await secret.read();
  await secret.done.click();
  await secret.closeAndLose.click();
  const secrets = new SecretsPage(page);
  await secrets.openFromApplication();
  const entry = secrets.entry(credentials);
  await expect(entry.getByText("Not used yet", { exact: true })).toBeVisible();
  await expect(page.getByText("Nobody has said that they stored the secret that ends in")).toBeVisible();
  await page.getByRole("button", { name: /^Revoke it: the secret that ends in/ }).click();
  await secrets.expectSaid("The secret is revoked.");
  await secrets.showEnded();
  await expect(entry.getByText("Revoked", { exact: true }).first()).toBeVisible();
  await expect(entry.getByText("Not used yet", { exact: true })).toBeHidden();
  await expect(page.getByText("Nobody has said that they stored")).toBeHidden();
});

test("is not told of in amber when somebody has said that it is stored", async ({ page, form, secret }) => {
  await create(form);
  const credentials = await secret.read();
  await secret.confirmAndClose();
  const secrets = new SecretsPage(page);
  await secrets.openFromApplication();
  const entry = secrets.entry(credentials);
  await expect(entry.getByRole("button", { name: /^Not used: revoke now/ })).toBeVisible();
  await expect(page.getByText("Nobody has said that they stored")).toBeHidden();
});

test("closes at once when somebody says that it is stored", async ({ form, secret }) => {
  await create(form);
  await secret.stored.check();
  await secret.done.click();
  await expect(secret.dialog).toBeHidden();
});

test("is lost neither by Escape, however often, nor by a click outside", async ({ page, form, secret }) => {
  await create(form);
  const { clientSecret } = await secret.read();
  for (let press = 0; press < 3; press += 1) await page.keyboard.press("Escape");
  await page.mouse.click(5, 5);
  await expect(secret.dialog.getByRole("alert")).toBeVisible();
  await expect(secret.clientSecret).toHaveValue(clientSecret);
});

test("is forgotten when the page is left", async ({ page, form, secret }) => {
  await create(form);
  const { clientSecret } = await secret.read();
  await page.evaluate(() => window.dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true })));
  await expect(secret.dialog).toBeHidden();
  expect(await everythingIn(page)).not.toContain(clientSecret);

  // The form that was sent must not be sent again.
  await page.evaluate(() => window.dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })));
  await expect(page).toHaveURL(/\/applications\/[0-9a-f-]{36}$/);
});
