import { MESSAGES } from "../../lib/i18n/messages";
import { countEffort } from "../support/counted-effort";
import { checkScreens } from "./check-screens";
import { expect, test, uniqueName } from "./fixtures";

test("a change is in the audit log in words, found by filters, opened by keyboard, and exported as it is filtered", async ({
  page,
  form,
  application,
}) => {
  const name = uniqueName("Audited");
  await form.open();
  await form.fill({ name, scopes: ["rooms:create"], domains: ["example.org"] });
  const { clientSecret } = await form.createAndReadCredentials();
  await application.openTab("Settings");
  await form.scope("rooms:create").uncheck();
  await form.scope("rooms:list").check();
  await form.save.click();

  await expect(application.tab("Overview")).toHaveAttribute("aria-current", "page");
  await application.openTab("History");
  await expect(page.getByRole("heading", { level: 2, name: "History" })).toBeVisible();
  const sentences = page.getByRole("table").getByRole("rowheader").getByRole("link");
  const told = [
    `Administrator changed the scopes of ${name}`,
    `Administrator made a secret for ${name}`,
    `Administrator created the application ${name}`,
  ];
  await expect(sentences).toHaveText(told);
  await page.getByRole("link", { name: "Open in the audit log" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Audit log" })).toBeVisible();
  await expect(sentences).toHaveText(told);

  await page.getByText("More filters", { exact: true }).click();
  await page.getByLabel("What", { exact: true }).selectOption({ label: "Application changed" });
  await expect(sentences).toHaveCount(1);
  await sentences.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Audit event" })).toBeVisible();
  await expect(page.getByText("Added rooms:list")).toBeVisible();
  await expect(page.getByText("Removed rooms:create")).toBeVisible();
  await page.reload();
  await page.getByRole("link", { name: "Back to the audit log" }).click();
  await expect(sentences).toHaveCount(1);

  await page.getByRole("link", { name: `Remove the filter: Involving ${name}` }).click();
  await expect(page.getByRole("textbox", { name: "Involving" })).toBeFocused();
  await expect(page).toHaveURL("/audit?action=application.updated");
  await page.getByRole("link", { name: "Clear", exact: true }).click();
  await expect(page).toHaveURL("/audit");

  const exported = await page.request.get("/audit/export?format=json");
  expect(exported.headers()["content-type"]).toBe("application/json");
  expect(await exported.text()).toContain(name);
  expect(await exported.text()).not.toContain(clientSecret);
});

test("an application's week with the changes of staff is a file after three clicks and no field", async ({
  page,
  form,
  application,
}) => {
  const name = uniqueName("Week");
  await form.open();
  await form.fill({ name, scopes: ["rooms:create"], domains: ["example.org"] });
  await form.createAndReadCredentials();
  const effort = await countEffort(page);
  await page.reload();
  await application.openTab("History");
  await page.getByRole("link", { name: "Last 7 days" }).click();
  await expect(page.getByRole("link", { name: "Last 7 days" })).toHaveAttribute("aria-current", "true");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Export CSV" }).click(),
  ]);
  expect(effort()).toEqual({ clicks: 3, fields: 0 });
  expect(download.suggestedFilename()).toMatch(
    /^audit-log-2-events-\d{4}-\d\d-\d\d-to-\d{4}-\d\d-\d\d-staff-changes-involving-week-[a-z0-9-]+\.csv$/,
  );
});

test("whoever is involved is found by a part of a name or by a client ID, while one types and by keyboard alone", async ({
  page,
  form,
}) => {
  const name = uniqueName("Involved");
  await form.open();
  await form.fill({ name, scopes: ["rooms:create"], domains: ["example.org"] });
  const { clientId } = await form.createAndReadCredentials();
  await page.goto("/audit");
  const field = page.getByRole("textbox", { name: "Involving" });
  await field.pressSequentially(name);
  const choice = page.getByRole("link", { name: new RegExp(`^${name} *Application *${clientId}`) });
  await expect(choice).toBeVisible();
  // Nothing of anybody else is shown, or taken away as a file, before it is known who is meant.
  await expect(page.getByRole("table")).toBeHidden();
  await expect(page.getByRole("link", { name: "Export CSV" })).toBeHidden();
  await choice.focus();
  await page.keyboard.press("Enter");
  const chip = page.getByRole("link", { name: `Remove the filter: Involving ${name}` });
  await expect(chip).toBeFocused();
  await expect(page).toHaveURL(/\/audit\?involving=application%3A[0-9a-f-]{36}$/);
  await expect(page.getByRole("table").getByRole("rowheader").getByRole("link")).toHaveCount(2);
  await page.keyboard.press("Enter");
  await expect(field).toBeFocused();
  await page.keyboard.insertText(clientId);
  await expect(chip).toBeFocused();
  await page.getByRole("link", { name: "Sign-ins" }).click();
  await expect(page.getByText("No event matches")).toBeVisible();
  await page.getByRole("link", { name: "Show every kind" }).click();
  await expect(page.getByRole("table").getByRole("rowheader").getByRole("link")).toHaveCount(2);
});

test("nobody who is not signed in gets a byte of the audit log", async ({ playwright, baseURL }) => {
  const stranger = await playwright.request.newContext({
    baseURL: baseURL ?? "",
    // Whoever makes a context in a test is signed in otherwise.
    storageState: { cookies: [], origins: [] },
  });
  const answer = await stranger.get("/audit/export?format=csv");
  expect(answer.status()).toBe(401);
  expect(await answer.json()).toMatchObject({ code: "session_ended", status: 401 });
  await stranger.dispose();
});

checkScreens("the audit log", async (page, language) => {
  const t = MESSAGES[language];
  return {
    log: () => page.goto("/audit"),
    "no match": () => page.goto("/audit?ip=203.0.113.254&action=room.restored&from=2026-01-01&to=2026-01-02"),
    "no such name": () => page.goto("/audit?involving=zqzqzq"),
    "names to choose from": () => page.goto("/audit?involving=admin"),
    "days of one's own": async () => {
      await page.goto("/audit");
      await page.getByText(t.audit.ownRange).click();
    },
    event: async () => {
      await page.goto("/audit?action=staff.signed_in");
      await page.getByRole("rowheader").getByRole("link").first().click();
      await expect(page.getByRole("heading", { level: 1, name: t.auditEvent.title })).toBeVisible();
    },
    "no such event": () => page.goto("/audit/nonsense"),
  };
});
