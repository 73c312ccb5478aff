import { expect, test, uniqueName } from "../fixtures";

test.describe("what nobody has saved", () => {
  let address: string;

  test.beforeEach(async ({ page, form, application }) => {
    await form.open();
    await form.fill({ name: uniqueName("Draft"), domains: ["example.com"] });
    await form.createAndReadCredentials();
    address = page.url();
    await application.openTab("Settings");
    await expect(form.save).toBeVisible();
  });

  test("is kept when somebody follows a link and stays, and lost only after they said so", async ({ page, form }) => {
    await form.name.fill("Half a na");
    const people = page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "People" });
    await people.click();
    const question = page.getByRole("alertdialog", { name: "Leave without saving?" });
    await expect(question.getByRole("button", { name: "Stay on the page" })).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(question).toBeHidden();
    await expect(form.name).toHaveValue("Half a na");
    await expect(page).toHaveURL(`${address}/edit`);

    await people.click();
    await question.getByRole("button", { name: "Leave without saving" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "People" })).toBeVisible();
    await page.goto(address);
    await expect(page.getByRole("heading", { level: 1 })).toContainText("Draft");
  });

  test("is asked for by Back as well", async ({ page, form }) => {
    await form.name.fill("Half a na");
    const question = page.getByRole("alertdialog", { name: "Leave without saving?" });
    await page.evaluate(() => window.history.back());
    await question.getByRole("button", { name: "Stay on the page" }).click();
    await expect(form.name).toHaveValue("Half a na");
    await page.evaluate(() => window.history.back());
    await question.getByRole("button", { name: "Leave without saving" }).click();
    await expect(page).toHaveURL(address);
  });

  test("is asked for by the browser when the page is reloaded", async ({ page, form }) => {
    await form.name.fill("Half a na");
    const asked: string[] = [];
    page.once("dialog", (dialog) => {
      asked.push(dialog.type());
      return dialog.accept();
    });
    await page.reload();
    await expect(form.name).toHaveValue(/^Draft/);
    expect(asked).toEqual(["beforeunload"]);
  });

  test("is nothing once it is saved or taken back, and no question then", async ({ page, form }) => {
    const name = await form.name.inputValue();
    await form.name.fill("Half a na");
    await form.name.fill(name);
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "People" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "People" })).toBeVisible();

    await page.goto(`${address}/edit`);
    await form.name.fill(`${name} again`);
    await form.save.click();
    await expect(page.getByRole("status").filter({ hasText: "The changes are saved." })).toBeVisible();
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "People" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "People" })).toBeVisible();
  });
});

test("a page that is slow to come shows that it is on its way, and one that is there shows nothing", async ({
  page,
}) => {
  await page.goto("/");
  const bar = page.locator(".navigation-bar");
  let answer = () => {};
  const held = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route("**/people**", async (route) => {
    await held;
    await route.continue();
  });
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "People" }).click();
  await expect(bar).toBeVisible();
  answer();
  await expect(page.getByRole("heading", { level: 1, name: "People" })).toBeVisible();
  await expect(bar).toHaveCount(0);
});
