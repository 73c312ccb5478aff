import { expect, test } from "@playwright/test";
import { ApplicationFormPage } from "../pages/application-form-page";
import { SignInPage } from "../pages/sign-in-page";
import { callApi, obtainToken } from "../support/oauth-requests";
import { startOwnServer } from "../support/own-server";
import { makeDataDirectory } from "../support/server";

test.describe.configure({ timeout: 240_000 });

const ADMINISTRATOR = { email: "administrator@vestibule.example", password: "a password of this test alone" };

test("leads a new administrator to the first application, and ends every token after its name was typed", async ({
  page,
}) => {
  const server = await startOwnServer({
    DATA_DIR: makeDataDirectory("end-all"),
    ADMIN_EMAIL: ADMINISTRATOR.email,
    ADMIN_PASSWORD: ADMINISTRATOR.password,
  });
  await server.ready;
  const { baseUrl } = server;
  await page.goto(`${baseUrl}/sign-in`);
  await new SignInPage(page).signIn(ADMINISTRATOR);
  await expect(page.getByText("Let the first application in")).toBeVisible();
  await page.getByRole("link", { name: "Create an application" }).click();
  const form = new ApplicationFormPage(page);
  await form.fill({ name: "Calendar", scopes: ["rooms:list"], domains: ["example.com"] });
  const credentials = await form.createAndReadCredentials();
  const ask = () => obtainToken(baseUrl, credentials, "ana@example.com");
  const token = await ask();
  expect((await callApi(baseUrl, token)).status).toBe(200);

  await page.goto(`${baseUrl}/`);
  await expect(page.getByText("Everything is in order")).toBeVisible();
  const open = page.getByRole("button", { name: "End all tokens" });
  await open.focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("alertdialog", { name: "End every token there is?" });
  const name = dialog.getByRole("textbox", { name: "the name of this installation" });
  await name.fill("another.example");
  await page.keyboard.press("Enter");
  await expect(name).toHaveAttribute("aria-invalid", "true");
  await page.keyboard.press("Escape");
  await expect(open).toBeFocused();
  expect((await callApi(baseUrl, token)).status).toBe(200);

  await page.keyboard.press("Enter");
  await name.fill(new URL(baseUrl).host);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status").filter({ hasText: "Every token was ended" })).toBeVisible();
  expect((await callApi(baseUrl, token)).status).toBe(401);
  await expect.poll(async () => (await callApi(baseUrl, await ask())).status, { timeout: 30_000 }).toBe(200);
  server.process.kill("SIGTERM");
  await server.exited;
});
