import type { Page } from "@playwright/test";
import { ApplicationFormPage } from "../../pages/application-form-page";
import { DelegationPage } from "../../pages/delegation-page";
import { countEffort } from "../../support/counted-effort";
import { callApi, obtainToken, postForm, tokenForm } from "../../support/oauth-requests";
import { baseUrl } from "../../support/server";
import { checkScreens } from "../check-screens";
import { expect, test, uniqueName } from "../fixtures";

/** An application of example.com; leaves the page on its overview. */
async function createApplication(page: Page, start: string) {
  const form = new ApplicationFormPage(page);
  const name = uniqueName(start);
  await form.open();
  await form.fill({ name, scopes: ["rooms:create"], domains: ["example.com"] });
  const credentials = await form.createAndReadCredentials();
  await page.getByRole("heading", { level: 1, name }).waitFor();
  return { name, credentials, path: new URL(page.url()).pathname };
}

/** Waits until the last refusal stands on the overview: its row is stored within a second. */
async function waitForRefusal(page: Page, path: string): Promise<void> {
  await expect(async () => {
    await page.goto(path);
    await expect(page.getByRole("link", { name: "Explain this refusal" })).toBeVisible({ timeout: 5_000 });
  }).toPass({ timeout: 120_000 });
}

const panelOf = (page: Page) => page.getByRole("complementary", { name: /\/api\// });

test("why a domain was refused takes one press from the overview, and to let it in two more", async ({ page }) => {
  const { credentials, path } = await createApplication(page, "Cured");
  const refused = await postForm(baseUrl(), tokenForm(credentials, "someone@lyon.example"));
  expect(refused.status).toBe(400);
  await waitForRefusal(page, path);
  const effort = await countEffort(page);
  await page.goto(path);

  await page.getByRole("link", { name: "Explain this refusal" }).click();
  const panel = panelOf(page);
  await expect(panel).toContainText("The person’s domain is not allowed");
  await expect(panel).toContainText("It would still be refused");
  await expect(panel).toContainText("lyon.example");
  expect(effort()).toEqual({ clicks: 1, fields: 0 });

  await panel.getByRole("link", { name: "Add lyon.example…" }).click();
  const delegation = new DelegationPage(page);
  await expect(delegation.entry("lyon.example")).toContainText("Not saved");
  await expect(page.getByRole("status").filter({ hasText: "Removes nobody." })).toBeVisible();
  await delegation.saveDomains.click();
  await expect(page.getByRole("status").filter({ hasText: "The domains are saved." })).toBeVisible();
  expect(effort()).toEqual({ clicks: 3, fields: 0 });

  await page.getByRole("link", { name: "Check again" }).click();
  await expect(panel).toContainText("It would pass since");
  await expect(panel.getByRole("link", { name: /changed the domains of/ })).toBeVisible();
  await expect(panel.getByRole("link", { name: "Add lyon.example…" })).toHaveCount(0);
  expect((await postForm(baseUrl(), tokenForm(credentials, "someone@lyon.example"))).status).toBe(200);
});

test("a scope that a call lacked is ticked where it is granted, and counts only when it is saved", async ({ page }) => {
  const { credentials, path } = await createApplication(page, "Granted");
  const token = await obtainToken(baseUrl(), credentials, "ana@example.com");
  expect((await callApi(baseUrl(), token)).status).toBe(403);
  await waitForRefusal(page, path);
  await page.getByRole("link", { name: "Explain this refusal" }).click();
  await panelOf(page).getByRole("link", { name: "Grant rooms:list…" }).click();
  const box = page.getByRole("checkbox", { name: "rooms:list" });
  await expect(box).toBeChecked();
  const prefilled = page.url();
  await page.goto(`${path}/edit`);
  await expect(page.getByRole("checkbox", { name: "rooms:create" })).toBeChecked();
  await expect(box).not.toBeChecked();

  await page.goto(prefilled);
  await expect(box).toBeChecked();
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(panelOf(page)).toContainText("It would pass since");
});

test("a failed rule of the check leads to its cure and back, with the question kept", async ({ page }) => {
  const { path } = await createApplication(page, "Checked");
  await page.goto(`${path}/check-access?email=ana@nantes.example&scope=rooms:list`);
  await page.getByRole("main").getByRole("button", { name: "Check access" }).click();
  const rules = page.getByRole("main").getByRole("listitem");
  await expect(rules.filter({ hasText: "The scopes are granted" })).toContainText("Grant rooms:list…");
  await rules.getByRole("link", { name: "Add nantes.example…" }).click();
  await new DelegationPage(page).saveDomains.click();
  await expect(page.getByRole("status").filter({ hasText: "The domains are saved." })).toBeVisible();
  await page.getByRole("link", { name: "Check again" }).click();
  await expect(page.getByLabel("E-mail of the person")).toHaveValue("ana@nantes.example");
  await page.getByRole("main").getByRole("button", { name: "Check access" }).click();
  await expect(rules.filter({ hasText: "The e-mail domain is allowed" })).toContainText("passed");
});

test("a link fills in and never saves, and what is wrong in it is left out", async ({ page }) => {
  const { path } = await createApplication(page, "Linked");
  const delegation = new DelegationPage(page);
  await page.goto(`${path}/delegation?domain=added.example&allow=eve@added.example&back=https://evil.example/`);
  await expect(delegation.entry("added.example")).toContainText("Not saved");
  await expect(delegation.peopleToAllow).toHaveValue("eve@added.example");
  await expect(page.getByRole("link", { name: "Check again" })).toHaveCount(0);
  await page.goto(`${path}/delegation?domain=%3Cimg%20src=x%3E&allow=nobody&back=//evil.example`);
  await expect(delegation.entry("example.com")).toBeVisible();
  await expect(page.getByRole("button", { name: "Change the domains" })).toBeVisible();
  await expect(page.getByText("added.example")).toHaveCount(0);
  await expect(page.getByText("Nobody is on the allow list")).toBeVisible();
  await expect(page.getByRole("link", { name: "Check again" })).toHaveCount(0);

  await page.goto(`${path}?cure=activate`);
  await expect(page.getByText("The application is active.")).toBeVisible();
});

test("the list of domains is changed by keyboard, many at once, and says what is wrong where it is typed", async ({
  page,
}) => {
  const { path } = await createApplication(page, "Keys");
  const delegation = new DelegationPage(page);
  await page.goto(`${path}/delegation`);
  await delegation.openDomains();
  await expect(delegation.saveDomains).toHaveCount(0);
  const field = delegation.allowedDomains;
  await field.fill("b.example, nonsense EXAMPLE.com");
  await page.keyboard.press("Enter");
  await expect(field).toBeFocused();
  await expect(field).toHaveValue("nonsense EXAMPLE.com");
  await expect(field).toHaveAccessibleDescription(/“nonsense”.*“EXAMPLE.com” is on the list already/);
  await expect(delegation.entry("b.example")).toContainText("Not saved");

  await field.fill("c.example");
  await page.keyboard.press("Enter");
  await delegation.remove("b.example").focus();
  await page.keyboard.press("Enter");
  await expect(delegation.remove("c.example")).toBeFocused();
  await page.getByRole("button", { name: "Discard" }).press("Enter");
  await expect(field).toBeFocused();
  await expect(delegation.entry("c.example")).toHaveCount(0);
  await expect(delegation.saveDomains).toHaveCount(0);

  await delegation.remove("example.com").press("Enter");
  await expect(field).toBeFocused();
  await field.fill("last.example");
  await delegation.saveDomains.press("Enter");
  await expect(page.getByRole("status").filter({ hasText: "The domains are saved." })).toBeVisible();
  await expect(field).toBeFocused();
  await page.reload();
  await expect(delegation.entry("last.example")).toBeVisible();
  await expect(delegation.entry("example.com")).toHaveCount(0);
});

checkScreens("cures", async (page) => {
  const { credentials, path } = await createApplication(page, "Shown");
  await postForm(baseUrl(), tokenForm(credentials, "someone@lyon.example"));
  const activity = `${path}/activity`;
  await expect(async () => {
    await page.goto(activity);
    await expect(page.getByRole("row").filter({ hasText: "400" })).toBeVisible({ timeout: 5_000 });
  }).toPass({ timeout: 120_000 });
  const link = page.getByRole("row").filter({ hasText: "400" }).getByRole("link");
  const refused = (await link.getAttribute("href")) ?? "";
  return {
    "a refusal explained": (screen) => screen.goto(refused),
    "a domain that is not saved": async (screen) => {
      await screen.goto(`${path}/delegation?domain=lyon.example&back=${encodeURIComponent(refused)}`);
      await screen.getByRole("main").getByRole("listitem").filter({ hasText: "lyon.example" }).waitFor();
    },
    "an application to activate": (screen) => screen.goto(`${path}?cure=activate`),
  };
});
