import { MESSAGES } from "../../lib/i18n/messages";
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

  await page.getByLabel("What", { exact: true }).selectOption({ label: "Application changed" });
  await page.getByRole("button", { name: "Apply filters" }).focus();
  await page.keyboard.press("Enter");
  await expect(sentences).toHaveCount(1);
  await sentences.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Audit event" })).toBeVisible();
  await expect(page.getByText("Added rooms:list")).toBeVisible();
  await expect(page.getByText("Removed rooms:create")).toBeVisible();
  await page.reload();
  await page.getByRole("link", { name: "Back to the audit log" }).click();
  await expect(sentences).toHaveCount(1);

  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Export CSV" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("audit-log.csv");
  await page.getByRole("link", { name: `Remove the filter: About ${name}` }).click();
  await expect(page.getByLabel("What", { exact: true })).toHaveValue("application.updated");
  await page.getByRole("link", { name: "Clear the filters" }).click();
  await expect(page).toHaveURL("/audit");

  const exported = await page.request.get("/audit/export?format=json");
  expect(exported.headers()["content-type"]).toBe("application/json");
  expect(await exported.text()).toContain(name);
  expect(await exported.text()).not.toContain(clientSecret);
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
    "more filters": async () => {
      await page.goto("/audit");
      await page.getByText(t.audit.moreFilters).click();
    },
    event: async () => {
      await page.goto("/audit?action=staff.signed_in");
      await page.getByRole("rowheader").first().getByRole("link").click();
      await expect(page.getByRole("heading", { level: 1, name: t.auditEvent.title })).toBeVisible();
    },
    "no such event": () => page.goto("/audit/nonsense"),
  };
});
