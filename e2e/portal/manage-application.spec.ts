import type { ApplicationFormPage } from "../pages/application-form-page";
import { expect, test, uniqueName } from "./fixtures";

async function create(form: ApplicationFormPage, start: string, domains: string[] = ["example.org"]) {
  const name = uniqueName(start);
  await form.open();
  await form.fill({ name, scopes: ["rooms:create"], domains });
  const credentials = await form.createAndReadCredentials();
  await expect(form.page.getByRole("heading", { level: 1, name })).toBeVisible();
  return { name, ...credentials };
}

test("editing changes what an application is called and may do, never its credentials", async ({
  page,
  form,
  application,
}) => {
  const { name, clientId } = await create(form, "Before");
  const hint = await page.getByText(/^….{4}$/).textContent();
  await application.openTab("Settings");
  await expect(page.getByText("Editing never changes the client ID or a secret")).toBeVisible();
  await expect(form.name).toHaveValue(name);
  await expect(form.scope("rooms:create")).toBeChecked();
  await expect(form.onlyTheseDomains).toHaveCount(0);

  await form.name.fill(`${name} renamed`);
  await form.scope("rooms:create").uncheck();
  await form.scope("rooms:list").check();
  await form.save.click();

  await expect(page.getByRole("heading", { level: 1, name: `${name} renamed` })).toBeVisible();
  // Said in the region of the page that was there before, and is on the next one.
  await expect(page.getByRole("status").filter({ hasText: "The changes are saved." })).toBeVisible();
  await expect(application.clientId).toHaveValue(clientId);
  expect(await page.getByText(/^….{4}$/).allTextContents()).toEqual([hint]);
  const main = page.getByRole("main");
  await expect(main.getByText("rooms:list")).toBeVisible();
  await expect(main.getByText("rooms:create")).toHaveCount(0);
  await expect(main.getByText("example.org")).toBeVisible();
});

test("an edit that is wrong is not saved and stays in the form", async ({ page, form, application }) => {
  const { name } = await create(form, "Stays");
  await application.openTab("Settings");
  await form.name.fill("");
  await form.save.click();
  await expect(form.name).toBeFocused();
  await expect(page).toHaveURL(/\/edit$/);
  await page.getByRole("link", { name: "Cancel" }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
});

test("a save that fails says so beside the button that was pressed, with the focus and inside the window", async ({
  page,
  form,
  application,
}) => {
  const { name } = await create(form, "Fails");
  await application.openTab("Settings");
  await expect(form.name).toHaveValue(name);
  await page.setViewportSize({ width: 1280, height: 420 });
  await page.route("**/edit", (route) => route.abort(), { times: 1 });
  await form.save.click();
  const failure = page.getByRole("main").getByRole("alert");
  await expect(failure).toContainText("The portal did not answer.");
  await expect(failure).toBeFocused();
  await expect(failure).toBeInViewport({ ratio: 1 });
  const [said, pressed] = [await failure.boundingBox(), await form.save.boundingBox()];
  expect((said?.y ?? 0) - (pressed?.y ?? 0) - (pressed?.height ?? 0)).toBeLessThan(48);
  await form.save.click();
  await expect(page.getByRole("status").filter({ hasText: "The changes are saved." })).toBeVisible();
});

test("deactivating says what stops, can be declined, and is undone by activating", async ({
  page,
  form,
  list,
  application,
}) => {
  const { name } = await create(form, "Switched");
  await application.openMenu();
  await application.deactivateButton.click();
  const dialog = page.getByRole("alertdialog");
  await expect(dialog).toHaveAccessibleDescription(/gets no more tokens, and those it has stop working/);
  await expect(dialog.getByRole("button", { name: "Keep it active" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(application.deactivateButton).toBeFocused();

  await application.deactivate();
  await expect(application.menu).toBeFocused();
  await expect(application.activateButton).toBeHidden();
  await list.open(`?q=${encodeURIComponent(name)}`);
  await expect(list.row(name).getByText("Inactive")).toBeVisible();

  await list.row(name).getByRole("link").click();
  await application.activate();
});

test("what is not there says so, with the status that machines understand", async ({ page, request }) => {
  for (const id of ["0190a5c0-0000-7000-8000-000000000000", "nonsense"]) {
    for (const path of [`/applications/${id}`, `/applications/${id}/edit`]) {
      const answer = await page.goto(path);
      expect(answer?.status(), path).toBe(404);
      await expect(page.getByRole("heading", { level: 1, name: "There is no such application" })).toBeVisible();
    }
  }
  expect((await request.get("/no-such-page")).status()).toBe(404);
  expect((await request.get("/r/abc-defg-hij")).status()).toBe(404);
});
