import { MESSAGES } from "../../../lib/i18n/messages";
import { ApplicationFormPage } from "../../pages/application-form-page";
import { postForm, tokenForm } from "../../support/oauth-requests";
import { baseUrl } from "../../support/server";
import { checkScreens } from "../check-screens";
import { expect, test, uniqueName } from "../fixtures";

test("shows the calls of an application within seconds, in pictures by keyboard, in numbers and in words", async ({
  page,
  form,
  application,
}) => {
  const name = uniqueName("Usage");
  await form.open();
  await form.fill({ name, scopes: ["rooms:create"], domains: ["example.com"] });
  const credentials = await form.createAndReadCredentials();
  expect((await postForm(baseUrl(), tokenForm(credentials, "ana@example.com"))).status).toBe(200);
  const refused = await postForm(baseUrl(), tokenForm(credentials, "ana@elsewhere.example"));
  expect(refused.status).toBe(400);

  await application.openTab("Activity");
  await page.getByRole("link", { name: /^Calls by day/ }).click();
  await expect(page.getByRole("heading", { level: 2, name: "Calls by day", exact: true })).toBeVisible();
  const chart = page.getByRole("slider", { name: "Tokens by day" });
  const both = /: 1 answered, 1 refused, 0 failed\.$/;
  // The token's row was there before the answer, that of the refusal comes within a second: they may be counted apart.
  await expect(async () => {
    await page.reload();
    await expect(chart).toHaveAttribute("aria-valuetext", both, { timeout: 10_000 });
  }).toPass({ timeout: 300_000 });
  await chart.focus();
  await expect(chart).toHaveAttribute("aria-valuetext", both);
  await page.keyboard.press("ArrowLeft");
  await expect(chart).toHaveAttribute("aria-valuetext", /: 0 answered, 0 refused, 0 failed\.$/);

  await page.getByText("Show the numbers as a table").click();
  const numbers = page.getByRole("table", { name: "Calls a day" });
  await expect(numbers.getByRole("row").nth(2)).toContainText("110000");
  await expect(page.getByRole("region", { name: "Why calls were refused" })).toContainText("Add the domain");
  await expect(page.getByRole("region", { name: "Busiest people" })).toContainText("ana@example.com");

  await page.getByRole("link", { name: "Last 7 days" }).click();
  await expect(page).toHaveURL(/\/activity\/by-day\?days=7$/);
  await expect(page.getByText("In 7 days: 1 answered, 1 refused, 0 failed.")).toBeVisible();

  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Overview" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Overview", exact: true })).toBeVisible();
  await expect(page.getByRole("region", { name: "Refused calls", exact: true })).toBeVisible();
});

checkScreens("the overview and the calls by day", async (page, language) => {
  const form = new ApplicationFormPage(page);
  await form.open();
  await form.fill({ name: `${uniqueName("Seen")}${"n".repeat(40)}`, scopes: ["rooms:create"] });
  const credentials = await form.createAndReadCredentials();
  const usage = `${new URL(page.url()).pathname}/activity/by-day`;
  await postForm(baseUrl(), tokenForm(credentials, "ana@example.com"));
  await postForm(baseUrl(), tokenForm(credentials, "nobody"));
  await expect(async () => {
    await page.goto(usage);
    await expect(page.getByRole("slider").first()).toBeVisible({ timeout: 10_000 });
  }).toPass({ timeout: 300_000 });
  const t = MESSAGES[language];
  return {
    overview: (screen) => screen.goto("/"),
    "end all tokens": async (screen) => {
      await screen.goto("/");
      await screen.getByRole("button", { name: t.revokeAllTokens.open }).click();
      await expect(screen.getByRole("alertdialog")).toBeVisible();
    },
    "calls by day": async (screen) => {
      await screen.goto(`${usage}?days=90`);
      await screen.getByRole("slider").first().focus();
    },
    "calls by day in numbers": async (screen) => {
      await screen.goto(`${usage}?days=7`);
      await screen.getByText(t.usage.showNumbers).click();
    },
  };
});
