import { expect, test, uniqueName } from "../fixtures";

test("several applications that were deactivated are active again with one press, and none besides", async ({
  page,
  form,
  list,
}) => {
  const start = uniqueName("Undone");
  for (const name of [`${start} one`, `${start} two`, `${start} off`]) {
    await form.open();
    await form.fill({ name, domains: ["example.com"] });
    await form.createAndReadCredentials();
  }
  const said = (text: string) => page.getByRole("status").filter({ hasText: text });
  const switchAll = async (verb: string, count: number) => {
    await page.getByRole("button", { name: verb, exact: true }).click();
    await page
      .getByRole("alertdialog")
      .getByRole("button", { name: new RegExp(`^${verb}`) })
      .click();
    await expect(
      said(`${count === 1 ? "One application is" : `${count} applications are`} deactivated.`),
    ).toBeVisible();
  };
  await list.open(`?q=${encodeURIComponent(start)}`);
  await page.getByRole("checkbox", { name: `Select ${start} off` }).check();
  await switchAll("Deactivate", 1);
  await page.getByRole("checkbox", { name: "Select all on this page" }).check();
  await switchAll("Deactivate", 2);
  await expect(list.row(`${start} one`)).toContainText("Inactive");

  const undo = page.getByRole("button", { name: "Undo", exact: true });
  await undo.press("Enter");
  await expect(said("2 applications are active again.")).toBeVisible();
  await expect(undo).toBeFocused();
  await expect(list.row(`${start} one`)).toContainText("Active");
  await expect(list.row(`${start} two`)).toContainText("Active");
  await expect(list.row(`${start} off`)).toContainText("Inactive");
});

test("what can be done with selected rows stays in the window, however long the table is", async ({ page, list }) => {
  await page.setViewportSize({ width: 1280, height: 480 });
  await list.open();
  await page
    .getByRole("checkbox", { name: /^Select (?!all)/ })
    .first()
    .check();
  await page.evaluate(() => window.scrollTo(0, 0));
  const deactivate = page.getByRole("button", { name: "Deactivate", exact: true });
  await expect(deactivate).toBeInViewport({ ratio: 1 });
});
