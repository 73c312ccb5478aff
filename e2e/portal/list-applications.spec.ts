import { readFile } from "node:fs/promises";
import type { ApplicationFormPage } from "../pages/application-form-page";
import { expect, test, uniqueName } from "./fixtures";

async function create(form: ApplicationFormPage, name: string) {
  await form.open();
  await form.fill({ name });
  return form.createAndReadCredentials();
}

test("lists the newest first, with what each may do and for whom", async ({ form, list }) => {
  const [older, newer] = [uniqueName("Older"), uniqueName("Newer")];
  await create(form, older);
  await form.open();
  await form.fill({ name: newer, scopes: ["rooms:list", "rooms:delete"], domains: ["example.org"] });
  await form.createAndReadCredentials();
  await list.open();
  const names = await list.names();
  expect(names.indexOf(newer)).toBeGreaterThanOrEqual(0);
  expect(names.indexOf(newer)).toBeLessThan(names.indexOf(older));

  await expect(list.rows.first().getByRole("columnheader")).toHaveText([
    "",
    "Name",
    "Status",
    "Reach",
    "Scopes",
    "Calls, 7 days",
    "Secret",
    "Last used",
    "Actions",
  ]);
  await expect(list.row(newer).getByRole("cell")).toHaveText([
    "",
    "Active",
    "example.org",
    "rooms:list, rooms:deleteCLRUD",
    "None",
    "One live",
    "Never",
    "",
  ]);
  await expect(list.row(older).getByRole("cell").nth(2)).toHaveText("Unrestricted");
});

test("searches while one types, by name and by client id, and keeps the search in the address", async ({
  page,
  form,
  list,
}) => {
  const name = uniqueName("Sought 100%_sure");
  const { clientId } = await create(form, name);
  await list.open();
  await list.search.fill("100%_SURE");
  await expect(page).toHaveURL(/\?q=100%25_SURE$/);
  await expect(list.row(name)).toBeVisible();
  await expect(list.search).toBeFocused();

  await list.search.fill(clientId.slice(5, 25).toLowerCase());
  await expect(page).toHaveURL(new RegExp(`\\?q=${clientId.slice(5, 25)}$`, "i"));
  await expect(page.getByRole("status").filter({ hasText: "One application" })).toBeVisible();
  await page.reload();
  await expect(list.search).toHaveValue(clientId.slice(5, 25).toLowerCase());
  expect(await list.names()).toEqual([name]);

  await list.search.fill("");
  await expect(page).toHaveURL("/applications");
});

test("asks the server for no row ahead, only for the pages of the menu", async ({ page, form, list }) => {
  await create(form, uniqueName("Ahead"));
  const ahead: string[] = [];
  page.on("request", (request) => {
    if (request.headers()["next-router-prefetch"] !== undefined) ahead.push(new URL(request.url()).pathname);
  });
  // What the page before has asked for does not count.
  page.on("framenavigated", () => ahead.splice(0));
  await list.open();
  // What is in view is asked for in one go.
  await expect.poll(() => ahead).toContain("/audit");
  expect(ahead.filter((path) => /^\/applications\/./.test(path) && path !== "/applications/new")).toEqual([]);
});

test("says when nothing matches, and offers the way back", async ({ page, list }) => {
  await list.open();
  await list.search.fill("no application is called so");
  await expect(page.getByText("Nothing matches “no application is called so”")).toBeVisible();
  await expect(page.getByRole("table")).toHaveCount(0);
  await page.getByRole("link", { name: "Clear search and filters" }).click();
  await expect(page).toHaveURL("/applications");
  await expect(list.search).toHaveValue("");
});

test("says what to type when the search is marks alone", async ({ page, list }) => {
  await list.open("?q=%40");
  await expect(page.getByText("Type a letter or a digit to search")).toBeVisible();
  await expect(page.getByRole("table")).toHaveCount(0);
  await page.getByRole("link", { name: "Clear search and filters" }).click();
  await expect(page).toHaveURL("/applications");
});

test("a link that was clicked is not undone by a search that was still waiting", async ({ page, form, list }) => {
  const name = uniqueName("Clicked");
  await create(form, name);
  await list.open();
  await list.search.fill(name);
  await list.row(name).getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  await expect(page).toHaveURL(/\/applications\/[0-9a-f-]{36}$/);
});

for (const query of ["?page=999", "?page=-1", "?page=x", "?q=%00", "?q=a&q=b", "?sort=name;drop"]) {
  test(`opens a stale or mistyped address: ${query}`, async ({ list }) => {
    await list.open(query);
  });
}

test("pages are links, which work in order and keep the search", async ({ page, form, list }) => {
  const start = uniqueName("Paged");
  const others = Array.from({ length: 25 }, (_, index) => `${start} no ${String(index + 2).padStart(2, "0")}`);
  await form.createMany([`${start} no 01`, ...others]);
  const query = encodeURIComponent(start);
  await list.open(`?q=${query}`);
  await expect(page.getByText("26 applications")).toBeVisible();
  await expect(list.pages).toContainText("Page 1 of 2");
  expect((await list.names()).at(0)).toBe(`${start} no 26`);
  expect(await list.names()).toHaveLength(25);
  await expect(list.pages.getByRole("link")).toHaveText(["Next"]);

  await list.pages.getByRole("link", { name: "Next" }).click();
  await expect(list.pages).toContainText("Page 2 of 2");
  expect(await list.names()).toEqual([`${start} no 01`]);
  await expect(list.search).toHaveValue(start);
  await expect(list.pages.getByRole("link")).toHaveText(["Previous"]);

  await list.open(`?q=${query}&page=7`);
  await expect(list.pages).toContainText("Page 2 of 2");
});

test("filters, orders, chooses and exports what it shows, and remembers hidden columns", async ({
  page,
  form,
  list,
}) => {
  const start = uniqueName("Bulk");
  await create(form, `${start} one`);
  await create(form, `${start} two`);
  await list.open(`?q=${encodeURIComponent(start)}`);

  await page.getByRole("link", { name: "Name", exact: true }).click();
  await expect(page).toHaveURL(/&sort=name$/);
  await expect(page.getByRole("columnheader", { name: "Name" })).toHaveAttribute("aria-sort", "ascending");
  expect(await list.names()).toEqual([`${start} one`, `${start} two`]);

  await page.getByRole("checkbox", { name: "Select all on this page" }).check();
  await expect(page.getByRole("status").filter({ hasText: "2 selected" })).toBeVisible();
  await page.getByRole("button", { name: "Deactivate", exact: true }).click();
  const dialog = page.getByRole("alertdialog", { name: "Deactivate 2 applications?" });
  await expect(dialog.getByRole("listitem")).toHaveText([`${start} one`, `${start} two`]);
  await expect(dialog).toContainText("In the last 24 hours");
  await dialog.getByRole("button", { name: "Deactivate 2 applications" }).click();
  await expect(page.getByRole("status").filter({ hasText: "2 applications are deactivated." })).toBeVisible();
  await expect(list.row(`${start} one`)).toContainText("Inactive");

  await page.getByRole("button", { name: `Actions for ${start} two` }).press("Enter");
  await expect(page.getByRole("menuitem")).toHaveText([
    "Open",
    "Edit",
    "Client authentication",
    "Copy client ID",
    "Activate",
  ]);
  // The menu takes the focus after it has opened.
  await expect(page.getByRole("menuitem", { name: "Open" })).toBeFocused();
  await page.keyboard.press("End");
  await expect(page.getByRole("menuitem", { name: "Activate" })).toBeFocused();
  await page.keyboard.press("Enter");
  await page.getByRole("alertdialog").getByRole("button", { name: "Activate application" }).click();
  await expect(list.row(`${start} two`)).toContainText("Active");

  await page.getByRole("combobox", { name: "Status" }).selectOption({ label: "Inactive" });
  await expect(page).toHaveURL(/&status=inactive&sort=name$/);
  await expect.poll(() => list.names()).toEqual([`${start} one`]);

  await page.getByText("Export", { exact: true }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Export as CSV" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^applications-\d{4}-\d\d-\d\d\.csv$/);
  const text = await readFile(await file.path(), "utf8");
  expect(text.split("\r\n")).toEqual([
    expect.stringMatching(/^\uFEFFname,/),
    expect.stringContaining(`${start} one,`),
    "",
  ]);

  await page.getByText("Columns", { exact: true }).click();
  // Not shown at first.
  await expect(page.getByRole("columnheader", { name: "Client ID" })).toHaveCount(0);
  await page.getByRole("checkbox", { name: "Client ID" }).check();
  await expect(page.getByRole("columnheader", { name: "Client ID" })).toBeVisible();
  await page.getByRole("checkbox", { name: "Reach" }).uncheck();
  await expect(page.getByRole("columnheader", { name: "Reach" })).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole("columnheader", { name: "Client ID" })).toBeVisible();
  await expect(page.getByRole("columnheader", { name: "Reach" })).toHaveCount(0);
});
