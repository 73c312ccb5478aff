import type { Page } from "@playwright/test";
import { MESSAGES } from "../../lib/i18n/messages";
import type { ApplicationFormPage } from "../pages/application-form-page";
import { expect, test, uniqueName } from "../portal/fixtures";

/** An id of the form of Next's, for an action that no build has: what a page of an earlier version sends. */
const GONE_ACTION = `40${"0".repeat(40)}`;
test.use({ provoked: /^ChunkLoadError|Failed to load chunk/ });

const SCRIPTS = "**/_next/static/**/*.js";

/** Fills and sends a form to which no more scripts come: it says to reload, and keeps what was typed. */
async function sendWithoutScripts(page: Page, form: ApplicationFormPage, name: string): Promise<void> {
  await page.route(SCRIPTS, (route) => route.fulfill({ status: 404, body: "" }));
  await form.fill({ name, scopes: ["rooms:create"], domains: ["example.com"] });
  await form.create.click();
  await expect(page.getByText(MESSAGES.en.errors.page_outdated)).toBeVisible();
  await expect(form.name).toHaveValue(name);
  await page.unroute(SCRIPTS);
}

test("a form that an earlier version made changes nothing, says to reload, keeps what was typed, and works reloaded", async ({
  page,
  form,
}) => {
  const name = uniqueName("Outdated");
  await form.open();
  await form.fill({ name, scopes: ["rooms:create"], domains: ["example.com"] });
  const address = page.url();
  await page.route(address, (route) =>
    route.request().method() === "POST"
      ? route.continue({ headers: { ...route.request().headers(), "next-action": GONE_ACTION } })
      : route.continue(),
  );
  await form.create.click();
  await expect(page.getByText(MESSAGES.en.errors.page_outdated)).toBeVisible();
  await expect(form.name).toHaveValue(name);

  await page.unroute(address);
  await page.reload();
  await form.fill({ name, scopes: ["rooms:create"], domains: ["example.com"] });
  await form.createAndReadCredentials();
  await page.goto(`/applications?q=${encodeURIComponent(name)}`);
  await expect(page.getByRole("link", { name })).toHaveCount(1);
});

test("a form whose rules do not come says to reload, keeps what was typed, and takes it once they do", async ({
  page,
  form,
}) => {
  const name = uniqueName("Rules gone");
  await form.open();
  await expect(form.name).toBeEnabled();
  await sendWithoutScripts(page, form, name);
  await form.createAndReadCredentials();
});

test("nothing is made while what would show its secret does not come: the form says to reload, and is sent later", async ({
  page,
  form,
}) => {
  const name = uniqueName("Not shown");
  await form.open();
  // The rules have come: they have refused something.
  await form.create.click();
  await expect(page.getByRole("main").getByRole("alert").first()).toBeVisible();
  await sendWithoutScripts(page, form, name);
  await form.createAndReadCredentials();
  await page.goto(`/applications?q=${encodeURIComponent(name)}`);
  await expect(page.getByRole("link", { name })).toHaveCount(1);
});

test("a form whose script went with an earlier version says to reload, beside its button, which works reloaded", async ({
  page,
  form,
  application,
}) => {
  await form.open();
  await form.fill({ name: uniqueName("Form gone") });
  await form.createAndReadCredentials();
  const rotate = page.getByRole("button", { name: "Rotate secret" });
  await expect(rotate).toBeEnabled();
  await page.route(SCRIPTS, (route) => route.fulfill({ status: 404, body: "" }));
  await rotate.click();
  const failure = page.getByRole("main").getByRole("alert");
  await expect(failure).toHaveText(MESSAGES.en.errors.page_outdated);
  await expect(failure).toBeFocused();
  await expect(page.getByRole("dialog")).toBeHidden();
  await page.unroute(SCRIPTS);
  await page.reload();
  await rotate.click();
  await expect(page.getByRole("dialog", { name: "Make a new secret" })).toBeVisible();
  await page.keyboard.press("Escape");
  // What takes access away needs no script that is not there yet.
  await page.route(SCRIPTS, (route) => route.fulfill({ status: 404, body: "" }));
  await application.deactivate();
});

test("a page whose script went with an earlier version says that it could not be shown, and loads anew at a press", async ({
  page,
}) => {
  await page.goto("/staff");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.route(SCRIPTS, (route) => route.fulfill({ status: 404, body: "" }));
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Audit log" }).click();
  await expect(page.getByRole("heading", { level: 1, name: MESSAGES.en.failure.errorTitle })).toBeVisible();
  await page.unroute(SCRIPTS);
  await page.getByRole("button", { name: MESSAGES.en.failure.retry }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Audit log" })).toBeVisible();
});
