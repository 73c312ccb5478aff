import { expect, test } from "../fixtures";

test.use({ viewport: { width: 360, height: 740 } });

test("in a narrow window the filters of a list are behind one button, which says how many are on", async ({
  page,
  list,
}) => {
  await list.open();
  const fold = page.getByRole("button", { name: "Filters", exact: true });
  const status = page.getByRole("combobox", { name: "Status" });
  await expect(status).toBeHidden();
  await expect(page.getByText("Export", { exact: true })).toBeHidden();
  await expect(fold).toBeEnabled();
  await fold.press("Enter");
  await expect(fold).toHaveAttribute("aria-expanded", "true");

  await status.selectOption({ label: "Inactive" });
  await expect(page).toHaveURL("/applications?status=inactive");
  const folded = page.getByRole("button", { name: "Filters (1)" });
  await expect(folded).toHaveAttribute("aria-expanded", "true");
  await folded.click();
  await expect(status).toBeHidden();

  // What is folded away still counts.
  await list.search.fill("nothing is called so");
  await expect(page).toHaveURL("/applications?q=nothing+is+called+so&status=inactive");
  await page.reload();
  await expect(folded).toHaveAttribute("aria-expanded", "false");
  await expect(status).toBeHidden();
});

for (const [path, control] of [
  ["/people", "Status"],
  ["/rooms", "Access"],
  ["/staff", "Role"],
  ["/activity", "Outcome"],
  ["/audit", "More filters"],
] as const) {
  test(`the filters fold at ${path}`, async ({ page }) => {
    await page.goto(path);
    const select = page.getByRole("combobox", { name: control, exact: true });
    const filter = select.or(page.getByText(control, { exact: true }).and(page.locator("summary")));
    await expect(filter).toBeHidden();
    await page.getByRole("button", { name: "Filters", exact: true }).click();
    await expect(filter).toBeVisible();
  });
}

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("nothing is folded away, because nothing could unfold it", async ({ page }) => {
    await page.goto("/applications");
    await expect(page.getByRole("combobox", { name: "Status" })).toBeVisible();
    await expect(page.getByRole("button", { name: "Filters", exact: true })).toBeHidden();
    await expect(page.getByRole("button", { name: "Search", exact: true })).toBeVisible();
  });

  for (const [path, field, text, query] of [
    ["/audit", "Involving", "nobody at all", "involving=nobody+at+all"],
    ["/activity", "Person", "nobody@example.com", "person=nobody%40example.com"],
  ] as const) {
    test(`${path} is narrowed by a button`, async ({ page }) => {
      await page.goto(path);
      await page.getByRole("textbox", { name: field, exact: true }).fill(text);
      await page.getByRole("button", { name: "Search", exact: true }).click();
      expect(new URL(page.url()).search).toContain(query);
      await expect(page.getByRole("textbox", { name: field, exact: true })).toHaveValue(text);
    });
  }
});
