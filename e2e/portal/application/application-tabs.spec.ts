import type { Page } from "@playwright/test";
import { ApplicationPage } from "../../pages/application-page";
import { SignInPage } from "../../pages/sign-in-page";
import { StaffPages } from "../../pages/staff-pages";
import { findViolations } from "../../support/accessibility";
import { expect, test, uniqueName } from "../fixtures";

const TABS = ["Overview", "Activity", "Secrets & keys", "Delegation", "Settings", "History"] as const;
/** Each opened once from each other one, and back to the first. */
const WALK = TABS.flatMap((from, index) => TABS.slice(index + 1).flatMap((to) => [from, to])).concat(TABS[0]);

/** Goes from every page of an application to every other, and looks at what has to be on each of them. */
async function walkTabs(page: Page, { name, clientId }: { name: string; clientId: string }): Promise<void> {
  const application = new ApplicationPage(page);
  const looked = new Set<string>();
  for (const tab of WALK) {
    await application.openTab(tab);
    await expect(application.tabs.locator("[aria-current]")).toHaveCount(1);
    if (looked.has(tab)) continue;
    looked.add(tab);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
    await expect(application.clientId).toHaveValue(clientId);
    await expect(page.getByRole("main").getByText("Active", { exact: true })).toBeVisible();
    await expect(page.getByRole("navigation", { name: "Breadcrumb" })).toHaveText(`Applications/${name}`);
    await expect(page).toHaveTitle(new RegExp(name));
    expect(await findViolations(page), tab).toEqual([]);
  }
}

/** Signs in as a viewer, whom the administrator of `page` invites. */
async function signInViewer(page: Page, viewer: Page): Promise<void> {
  const email = `tabs-${test.info().workerIndex}-${Date.now()}@vestibule.example`;
  const password = "four words of this test";
  const staff = new StaffPages(page);
  await page.goto("/staff/invite");
  await staff.email.fill(email);
  await staff.createInvitation.click();
  await viewer.goto(await staff.takeLink());
  await viewer.getByLabel("Name", { exact: true }).fill("Ana Viewer");
  await viewer.getByLabel("Password", { exact: true }).fill(password);
  await viewer.keyboard.press("Enter");
  await viewer.getByText("Your account is ready").waitFor();
  await viewer.goto("/sign-in");
  await new SignInPage(viewer).signIn({ email, password });
  await viewer.getByRole("heading", { level: 1, name: "Overview" }).waitFor();
}

test("every page of an application is one click from every other, for who may change it and for who may look", async ({
  page,
  browser,
  form,
}) => {
  const name = uniqueName("Tabs");
  await form.open();
  await form.fill({ name, scopes: ["rooms:create"], domains: ["example.org"] });
  const { clientId } = await form.createAndReadCredentials();
  const address = page.url();
  await walkTabs(page, { name, clientId });
  await expect(page.getByRole("button", { name: "Rotate secret" })).toBeVisible();

  const context = await browser.newContext({ storageState: { cookies: [], origins: [] } });
  const viewer = await context.newPage();
  await signInViewer(page, viewer);
  await viewer.goto(address);
  await walkTabs(viewer, { name, clientId });
  const application = new ApplicationPage(viewer);
  await expect(viewer.getByRole("button", { name: "Rotate secret" })).toHaveCount(0);
  await expect(application.menu).toHaveCount(0);
  await application.openTab("Settings");
  await expect(viewer.getByRole("textbox", { name: "Name", exact: true })).toBeDisabled();
  await expect(viewer.getByRole("button", { name: "Save changes" })).toHaveCount(0);
  // Nor is there anything to press where access is taken away.
  await viewer.goto(`/incident?q=${encodeURIComponent(name)}`);
  await expect(viewer.getByRole("region", { name: "This application" }).getByText(clientId)).toBeVisible();
  await expect(viewer.getByText(/^Your role lets you look/)).toBeVisible();
  const pressable = viewer.getByRole("main").getByRole("button");
  await expect(pressable.filter({ hasText: /Deactivate|Activate|Revoke/ })).toHaveCount(0);
  await expect(viewer.getByRole("button", { name: "Copy report" })).toBeEnabled();
  await context.close();
});

test("a page below a tab keeps the tab, and nobody who is signed out sees the header", async ({
  page,
  form,
  browser,
}) => {
  const application = new ApplicationPage(page);
  await form.open();
  await form.fill({ name: uniqueName("Below"), scopes: ["rooms:create"] });
  await form.createAndReadCredentials();
  const address = page.url();
  for (const [tab, below] of [
    ["Secrets & keys", "authentication"],
    ["Delegation", "check-access"],
  ] as const) {
    await page.goto(`${address}/${below}`);
    await expect(application.tabs.locator("[aria-current]")).toHaveText(/^(Secrets & keys|Delegation)/);
    await expect(application.tab(tab)).toHaveAttribute("aria-current", "true");
    await application.openTab("Overview");
  }
  const context = await browser.newContext({ storageState: { cookies: [], origins: [] } });
  const answer = await context.request.get(`${address}/secrets`, { headers: { rsc: "1" }, maxRedirects: 0 });
  expect(await answer.text()).not.toContain(await application.clientId.inputValue());
  await context.close();
});

test("the tabs work by keyboard, which stays on the one that was pressed, and fit a narrow window", async ({
  page,
  form,
}) => {
  const application = new ApplicationPage(page);
  await form.open();
  await form.fill({ name: uniqueName("Keys"), scopes: ["rooms:create"] });
  await form.createAndReadCredentials();
  await page.setViewportSize({ width: 360, height: 740 });
  await application.tab("Overview").focus();
  for (const tab of TABS.slice(1)) {
    await page.keyboard.press("Tab");
    await expect(application.tab(tab)).toBeFocused();
    await expect(application.tab(tab)).toBeInViewport({ ratio: 1 });
  }
  await page.keyboard.press("Enter");
  await expect(application.tab("History")).toHaveAttribute("aria-current", "page");
  await expect(application.tab("History")).toBeFocused();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
});

test("the way back leads to the list as it was left: searched, filtered, ordered, on its page, also after a reload", async ({
  page,
  form,
  list,
}) => {
  const start = uniqueName("Back");
  for (const end of ["one", "two"]) {
    await form.open();
    await form.fill({ name: `${start} ${end}`, scopes: ["rooms:create"] });
    await form.createAndReadCredentials();
  }
  const breadcrumb = page.getByRole("navigation", { name: "Breadcrumb" }).getByRole("link", { name: "Applications" });
  await list.open();
  await list.search.fill(start);
  await expect.poll(() => list.names()).toEqual([`${start} two`, `${start} one`]);
  await page.getByRole("link", { name: "Name", exact: true }).click();
  await expect(page).toHaveURL(/&sort=name$/);
  await page.getByRole("combobox", { name: "Status" }).selectOption({ label: "Active" });
  await expect(page).toHaveURL(/&status=active&sort=name$/);
  const left = page.url();
  await list.row(`${start} two`).getByRole("link").click();
  const application = new ApplicationPage(page);
  await application.openTab("Delegation");
  await page.reload();
  await breadcrumb.click();
  await expect(page).toHaveURL(left);
  await expect(list.search).toHaveValue(start);
  await expect.poll(() => list.names()).toEqual([`${start} one`, `${start} two`]);

  await list.open("?sort=name&page=2");
  await page.getByRole("rowheader").first().getByRole("link").click();
  await breadcrumb.click();
  await expect(page).toHaveURL(/\?sort=name&page=2$/);

  await list.open();
  await page.getByRole("rowheader").first().getByRole("link").click();
  await breadcrumb.click();
  await expect(page).toHaveURL("/applications");
});
