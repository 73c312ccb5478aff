import type { Locator, Page } from "@playwright/test";
import { MESSAGES } from "../../../lib/i18n/messages";
import { ApplicationFormPage } from "../../pages/application-form-page";
import { ApplicationPage } from "../../pages/application-page";
import { callApi, obtainToken, postForm, tokenForm } from "../../support/oauth-requests";
import { baseUrl } from "../../support/server";
import { checkScreens } from "../check-screens";
import { expect, test, uniqueName } from "../fixtures";

type Made = { name: string; refusedId: string; forgedId: string };

/** An application that got a token for Ana and made a room, was refused the list, and in whose name somebody forged. */
async function makeActivity(form: ApplicationFormPage, start: string): Promise<Made> {
  const name = uniqueName(start);
  await form.open();
  await form.fill({ name, scopes: ["rooms:create"], domains: ["example.com"] });
  const credentials = await form.createAndReadCredentials();
  const token = await obtainToken(baseUrl(), credentials, "ana@example.com");
  expect((await callApi(baseUrl(), token, { method: "POST" })).status).toBe(201);
  const refused = await callApi(baseUrl(), token);
  expect(refused.status).toBe(403);
  const forged = await postForm(
    baseUrl(),
    tokenForm({ ...credentials, clientSecret: "vst_forged" }, "ana@example.com"),
  );
  expect(forged.status).toBe(401);
  const idOf = ({ headers }: typeof refused) => String(headers["x-request-id"]);
  return { name, refusedId: idOf(refused), forgedId: idOf(forged) };
}

/** Opens the log of the application that is shown, and waits for the refused call in it. */
async function openRefused(page: Page): Promise<Locator> {
  await new ApplicationPage(page).openTab("Activity");
  await expect(page.getByRole("heading", { level: 2, name: "Activity", exact: true })).toBeVisible();
  const row = page.getByRole("row").filter({ hasText: "403" });
  // Rows of what was refused are stored within a second.
  await expect(async () => {
    await page.reload();
    await expect(row).toBeVisible({ timeout: 5_000 });
  }).toPass({ timeout: 120_000 });
  return row;
}

test("a refused call leads to its cause, to what to do about it, and to the check, filled in", async ({
  page,
  form,
}) => {
  const { name, refusedId } = await makeActivity(form, "Refused");
  const row = await openRefused(page);
  await expect(row).toContainText("The token lacks the scope");
  await expect(row).toContainText("ana@example.com");
  await expect(row).toContainText(/…\w{4}/);

  await row.getByRole("link", { name: "GET /api/external/rooms" }).click();
  const panel = page.getByRole("complementary", { name: "403 GET /api/external/rooms" });
  await expect(panel.getByRole("heading", { level: 2 })).toBeFocused();
  await expect(panel).toContainText("The token was narrowed, or the application does not have the scope.");
  await expect(panel).toContainText("scope_missing");
  await expect(panel.getByLabel("Request ID")).toHaveValue(refusedId);
  const opened = page.url();
  await panel.getByRole("link", { name: "Check again now" }).click();
  await expect(page.getByLabel("E-mail of the person")).toHaveValue("ana@example.com");
  await expect(page.getByRole("checkbox", { name: "rooms:list" })).toBeChecked();
  await expect(page.getByRole("checkbox", { name: "rooms:create" })).not.toBeChecked();
  await page.getByRole("button", { name: "Check access" }).click();
  await expect(page.getByRole("heading", { name: "It may not act on behalf of ana@example.com" })).toBeFocused();

  await page.goto(opened);
  await panel.getByRole("link", { name: "Everything in this request" }).click();
  await expect(page.getByRole("note", { name: "A refused call" })).toContainText("scope_missing");
  await page.getByRole("note").getByRole("link", { name }).click();
  await expect(panel.getByLabel("Request ID")).toHaveValue(refusedId);
});

test("the log is worked through by keyboard, and what it shows stands in its address", async ({ page, form }) => {
  const { name } = await makeActivity(form, "Keys");
  const row = await openRefused(page);

  const link = row.getByRole("link");
  await link.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("complementary", { name: /^403/ }).getByRole("heading", { level: 2 })).toBeFocused();
  await expect(page).toHaveURL(/[?&]request=/);
  await page.keyboard.press("Escape");
  await expect(link).toBeFocused();
  await expect(page).not.toHaveURL(/request=/);

  await page.getByLabel("Outcome").selectOption("Refused");
  await expect(page).toHaveURL(/\/activity\?outcome=refused$/);
  await expect(page.getByRole("row").filter({ hasText: "201" })).toHaveCount(0);
  await page.getByRole("link", { name: "24 hours" }).click();
  await expect(page).toHaveURL(/outcome=refused&range=24h$/);
  await page.getByLabel("Person").fill("ana@example.com");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/person=ana%40example\.com/);
  // Nobody has proved that the forged one was for Ana.
  await expect(page.getByRole("table", { name: "Requests", exact: true }).getByRole("row")).toHaveCount(2);
  await page.getByLabel("Person").fill("nobody@example.com");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Nobody is known as nobody@example.com.")).toBeVisible();
  await page.getByRole("main").getByRole("link", { name: "Clear filters" }).first().click();
  await expect(page).toHaveURL(/\/activity$/);

  await page.getByText("Show the numbers as a table").click();
  await page.getByRole("table", { name: "Numbers by day" }).getByRole("link").first().click();
  await expect(page).toHaveURL(/from=\d{4}-\d\d-\d\d&to=\d{4}-\d\d-\d\d$/);
  await expect(page.getByText("Custom time", { exact: true })).toBeVisible();
  await expect(row).toBeVisible();

  await page.goto(`${new URL(page.url()).pathname.replace(/activity$/, "usage")}?days=7`);
  await expect(page).toHaveURL(/\/activity\?days=7$/);
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
});

test("what was forged is never shown as an application's own", async ({ page, form }) => {
  const { name, forgedId } = await makeActivity(form, "Forged");
  const row = page.getByRole("row").filter({ hasText: `Claims to be ${name}` });
  await expect(async () => {
    await page.goto("/activity?cause=wrongSecret");
    await expect(row).toContainText("Unproven", { timeout: 5_000 });
  }).toPass({ timeout: 120_000 });
  await row.getByRole("link").click();
  const panel = page.getByRole("complementary", { name: "401 POST /api/oauth/token" });
  await expect(panel.getByLabel("Request ID")).toHaveValue(forgedId);
  await expect(panel).toContainText("Anybody may have sent it");
  await expect(panel.getByRole("link", { name, exact: true })).toHaveCount(0);
  await expect(panel.getByRole("link", { name: "Check again now" })).toHaveCount(0);
});

test("a person's requests are a click away from the person", async ({ page, form }) => {
  await makeActivity(form, "Person");
  await page.goto("/people?q=ana@example.com");
  await page.getByRole("row").filter({ hasText: "ana@example.com" }).getByRole("link").first().click();
  await page.getByRole("link", { name: "View activity" }).click();
  await expect(page).toHaveURL(/\/activity\?person=[0-9a-f-]{36}$/);
  await expect(page.getByLabel("Person")).toHaveValue("ana@example.com");
  await expect(page.getByRole("row").filter({ hasText: "ana@example.com" }).first()).toBeVisible();
});

test.describe("a browser in New York", () => {
  test.use({ timezoneId: "America/New_York" });

  test("reads the clock of its own zone, and counts of the days of UTC under their own names", async ({
    page,
    form,
    application,
  }) => {
    await makeActivity(form, "Zoned");
    await application.openTab("Activity");
    await expect(async () => {
      await page.reload();
      await expect(page.getByRole("columnheader", { name: "Time (America/New_York)" })).toBeVisible({ timeout: 5_000 });
    }).toPass({ timeout: 120_000 });
    await page.getByText("Show the numbers as a table").click();
    const day = page.getByRole("table", { name: "Numbers by day" }).getByRole("link").first();
    const { searchParams } = new URL((await day.getAttribute("href")) ?? "", page.url());
    const format = new Intl.DateTimeFormat("en", { year: "numeric", month: "short", day: "numeric", timeZone: "UTC" });
    await expect(day).toHaveText(format.format(new Date(searchParams.get("from") ?? "")));
  });
});

checkScreens("activity", async (page, language) => {
  const form = new ApplicationFormPage(page);
  const { refusedId } = await makeActivity(form, `Seen${"n".repeat(40)}`);
  const activity = `${new URL(page.url()).pathname}/activity`;
  await expect(async () => {
    await page.goto(activity);
    await expect(page.getByRole("row").filter({ hasText: "403" })).toBeVisible({ timeout: 5_000 });
  }).toPass({ timeout: 120_000 });
  const t = MESSAGES[language];
  return {
    "of an application": (screen) => screen.goto(activity),
    "a request": (screen) => screen.goto(`${activity}?request=${refusedId}`),
    "an unknown request": (screen) => screen.goto("/activity?request=nobody-knows-it"),
    "of all applications": (screen) => screen.goto("/activity?range=24h"),
    "nothing found": (screen) => screen.goto("/activity?status=599"),
    "in numbers": async (screen) => {
      await screen.goto("/activity");
      await screen.getByText(t.activity.showNumbers).click();
    },
    "more filters": async (screen) => {
      await screen.goto(activity);
      await screen.getByRole("main").locator("details summary").first().click();
    },
    "the check, filled in": (screen) =>
      screen.goto(`${activity.replace(/activity$/, "check-access")}?email=ana@example.com&scope=rooms:list`),
  };
});
