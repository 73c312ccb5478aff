import type { Locator, Page } from "@playwright/test";
import { countEffort } from "../../support/counted-effort";
import { callApi, obtainToken } from "../../support/oauth-requests";
import { baseUrl } from "../../support/server";
import { expect, test, uniqueName } from "../fixtures";

const topOf = (locator: Locator) => locator.evaluate((element) => element.getBoundingClientRect().top);

test("a click anywhere in a row opens it, as its link would be opened", async ({ page, context, form, list }) => {
  const name = uniqueName("Clickable");
  await form.createMany([name]);
  const query = `?q=${encodeURIComponent(name)}`;
  await list.open(query);
  const status = list.row(name).getByText("Active");
  const opened = /\/applications\/[0-9a-f-]{36}$/;

  const ways: Parameters<Locator["click"]>[0][] = [{ modifiers: ["ControlOrMeta"] }, { button: "middle" }];
  for (const way of ways) {
    const tab = context.waitForEvent("page");
    await status.click(way);
    await expect(await tab).toHaveURL(opened);
    await (await tab).close();
    await expect(page).toHaveURL(/\?q=/);
  }
  await status.click();
  await expect(page).toHaveURL(opened);
  await page.goBack();
  await expect(list.row(name)).toBeVisible();
});

test("what is pressed in a row, and selecting its text, do not open it, and the link stays the one way for readers", async ({
  page,
  form,
  list,
}) => {
  const name = uniqueName("Pressed");
  await form.createMany([name]);
  await list.open(`?q=${encodeURIComponent(name)}`);
  const row = list.row(name);
  const url = page.url();

  await row.getByRole("checkbox").check();
  await row
    .getByRole("cell")
    .first()
    .click({ position: { x: 2, y: 2 } });
  const text = await row.getByText("Unrestricted").boundingBox();
  if (text === null) throw new Error("The cell is not there.");
  await page.mouse.move(text.x + 12, text.y + text.height / 2);
  await page.mouse.down();
  await page.mouse.move(text.x + text.width - 12, text.y + text.height / 2, { steps: 5 });
  await page.mouse.up();
  expect(await page.evaluate(() => String(getSelection()).length)).toBeGreaterThan(5);

  const menu = row.getByRole("button", { name: `Actions for ${name}` });
  await menu.click();
  await expect(page.getByRole("menuitem", { name: "Open" })).toBeFocused();
  await menu.click();
  await expect(page.getByRole("menu")).toHaveCount(0);
  await menu.press("Enter");
  await expect(page.getByRole("menuitem", { name: "Open" })).toBeFocused();
  await page.keyboard.press("c");
  await expect(page.getByRole("menuitem", { name: "Client authentication" })).toBeFocused();
  await page.keyboard.press("c");
  await expect(page.getByRole("menuitem", { name: "Copy client ID" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(menu).toBeFocused();
  await expect(menu).toHaveAttribute("aria-expanded", "false");

  expect(page.url()).toBe(url);
  await expect(row.getByRole("link")).toHaveCount(1);
  await expect(row).not.toHaveAttribute("tabindex");
  await expect(page.getByRole("table").getByRole("row", { includeHidden: true })).toHaveCount(2);
});

async function expectStickyHeader(page: Page) {
  const header = page.getByRole("table").locator("thead");
  await expect(page.getByRole("table").locator("..")).toHaveAttribute("data-fits");
  await page.evaluate(() => scrollTo(0, 400));
  const bar = await page.getByRole("banner").boundingBox();
  await expect.poll(async () => Math.abs((await topOf(header)) - (bar?.height ?? 0))).toBeLessThan(2);
}

test("25 applications take at most 1,200 pixels, below a header that stays, with nothing beyond the edge", async ({
  page,
  form,
  list,
}) => {
  const start = uniqueName("A rather long name of a service for the booking of rooms");
  const names = Array.from({ length: 24 }, (_, index) => `${start} ${index + 2}`);
  await form.createMany([`${start} 1`, ...names]);
  await page.setViewportSize({ width: 1280, height: 720 });
  await list.open(`?q=${encodeURIComponent(start)}`);
  await expect(list.rows).toHaveCount(26);
  expect((await page.getByRole("region", { name: "Applications" }).boundingBox())?.height).toBeLessThan(1_200);
  await expectStickyHeader(page);

  const menu = list.rows.nth(12).getByRole("button");
  await expect(menu).toBeInViewport({ ratio: 1 });
  await page.setViewportSize({ width: 360, height: 740 });
  await expect(menu).toBeInViewport({ ratio: 1 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  // A table that scrolls sideways holds its header: it must not cover the first row.
  const [header, first] = [page.getByRole("table").locator("thead"), list.rows.nth(1)];
  expect(await topOf(first)).toBeGreaterThanOrEqual((await topOf(header)) + 30);
});

test("five applications are deactivated with seven clicks and one field", async ({ page, form, list }) => {
  const start = uniqueName("Five");
  await form.createMany([`${start} 1`, `${start} 2`, `${start} 3`, `${start} 4`, `${start} 5`]);
  const effort = await countEffort(page);
  await list.open();
  await list.search.fill(start);
  await expect(page.getByRole("status").filter({ hasText: "5 applications" })).toBeVisible();
  for (const number of [1, 2, 3, 4, 5]) await page.getByRole("checkbox", { name: `Select ${start} ${number}` }).click();
  await page.getByRole("button", { name: "Deactivate", exact: true }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Deactivate 5 applications" }).click();
  await expect(page.getByRole("status").filter({ hasText: "5 applications are deactivated." })).toBeVisible();
  expect(effort()).toEqual({ clicks: 7, fields: 1 });
});

test("the rooms of a person and who made them are one click and one field away", async ({ page, form }) => {
  const [name, email] = [uniqueName("Room maker"), `guest-${Date.now()}@example.org`];
  await form.open();
  await form.fill({ name, scopes: ["rooms:create"], domains: ["example.org"] });
  const token = await obtainToken(baseUrl(), await form.createAndReadCredentials(), email);
  const slugs = [1, 2].map(async () => {
    const answer = await callApi(baseUrl(), token, { method: "POST" });
    expect(answer.status).toBe(201);
    return (answer.json as { slug: string }).slug;
  });
  const rooms = await Promise.all(slugs);
  const effort = await countEffort(page);
  await page.goto("/people");
  await page.getByRole("searchbox", { name: "Search people" }).fill(email);
  await expect(page.getByRole("status").filter({ hasText: "One person" })).toBeVisible();
  await page.getByRole("row").filter({ hasText: email }).getByText("Active").click();
  for (const slug of rooms) {
    const room = page.getByRole("listitem").filter({ has: page.getByRole("link", { name: slug }), hasText: "Owner" });
    await expect(room).toContainText(`made by ${name}`);
  }
  expect(effort()).toEqual({ clicks: 1, fields: 1 });
});

test("the link of a room is opened or copied from its row", async ({ page, context, form }) => {
  const name = uniqueName("Linked");
  await form.open();
  await form.fill({ name, scopes: ["rooms:create"], domains: ["example.org"] });
  const token = await obtainToken(baseUrl(), await form.createAndReadCredentials(), "linked@example.org");
  const { slug } = (await callApi(baseUrl(), token, { method: "POST" })).json as { slug: string };
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto(`/rooms?q=${slug}`);
  await page.getByRole("button", { name: `Copy link of ${slug}` }).click();
  await expect(page.getByRole("status").filter({ hasText: `Link of ${slug} copied.` })).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  await expect(page.getByRole("link", { name: `Open ${slug} in a new tab` })).toHaveAttribute("href", copied);
  expect(copied).toContain(`/r/${slug}`);
  await expect(page).toHaveURL(`/rooms?q=${slug}`);
  await page.getByRole("row").getByRole("link", { name: "linked@example.org" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "linked@example.org" })).toBeVisible();
});
