import { ApplicationFormPage } from "../pages/application-form-page";
import { callApi, obtainToken } from "../support/oauth-requests";
import { baseUrl } from "../support/server";
import { checkScreens } from "./check-screens";
import { expect, test, uniqueName } from "./fixtures";

test("a person whom an application acts for is found, and stopped for good", async ({ page, form }) => {
  const name = uniqueName("Acting");
  const email = `person-${Date.now()}@example.org`;
  await form.open();
  await form.fill({ name, scopes: ["rooms:create", "rooms:list"], domains: ["example.org"] });
  const credentials = await form.createAndReadCredentials();
  const token = await obtainToken(baseUrl(), credentials, email);
  expect((await callApi(baseUrl(), token, { method: "POST" })).status).toBe(201);

  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "People" }).click();
  await page.getByRole("searchbox", { name: "Search people" }).fill(email);
  await page.getByRole("row").filter({ hasText: email }).getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1, name: email })).toBeVisible();
  const main = page.getByRole("main");
  await expect(main.getByRole("link", { name, exact: true })).toHaveCount(3);
  await expect(main.getByText("Owner", { exact: true })).toBeVisible();

  await page.getByRole("button", { name: "Deactivate person", exact: true }).click();
  const dialog = page.getByRole("alertdialog");
  await expect(dialog).toHaveAccessibleDescription(/existing tokens are revoked for good/);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Deactivate person", exact: true })).toBeFocused();
  expect((await callApi(baseUrl(), token)).status).toBe(200);

  await page.keyboard.press("Enter");
  await dialog.getByRole("button", { name: "Deactivate person", exact: true }).click();
  await expect(page.getByRole("button", { name: "Activate person", exact: true })).toBeFocused();
  expect((await callApi(baseUrl(), token)).status).toBe(401);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Deactivate person", exact: true })).toBeFocused();
  expect((await callApi(baseUrl(), token)).status).toBe(401);

  await page.getByLabel("Display name").fill("Ana Example");
  await page.getByRole("button", { name: "Save name" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Ana Example" })).toBeVisible();
});

checkScreens("people", async (page) => {
  const form = new ApplicationFormPage(page);
  await form.open();
  await form.fill({ name: "People screens", scopes: ["rooms:create"] });
  const { clientId, clientSecret } = await form.createAndReadCredentials();
  const email = "a-very-long-name-of-a-person-with-many-names@a-department.of-an-institution.example.org";
  const token = await obtainToken(baseUrl(), { clientId, clientSecret }, email);
  await callApi(baseUrl(), token, { method: "POST" });
  const openPerson = async (shown: typeof page) => {
    await shown.goto("/people?q=a-very-long-name");
    await shown.getByRole("link", { name: email }).click();
    await shown.getByRole("heading", { level: 1, name: email }).waitFor();
  };
  return {
    list: (shown) => shown.goto("/people"),
    "no match": (shown) => shown.goto("/people?q=nobody+is+called+so"),
    person: openPerson,
    "deactivating somebody": async (shown) => {
      await openPerson(shown);
      await shown.getByRole("main").getByRole("button").nth(1).click();
      await shown.getByRole("alertdialog").waitFor();
    },
    "no such person": (shown) => shown.goto("/people/nonsense"),
  };
});
