import { expect, test } from "@playwright/test";
import { ApplicationFormPage } from "../pages/application-form-page";
import { callApi, obtainToken } from "../support/oauth-requests";
import { openOwnPortal, stopOwnServer } from "../support/own-portal";

test("leads a new administrator to the first application, and revokes every token after its name was typed", async ({
  browser,
}) => {
  const { server, page } = await openOwnPortal(browser, "end-all", {});
  const { baseUrl } = server;
  await page.getByRole("link", { name: "Create an application" }).click();
  const form = new ApplicationFormPage(page);
  await form.fill({ name: "Calendar", scopes: ["rooms:list"], domains: ["example.com"] });
  const credentials = await form.createAndReadCredentials();
  const ask = () => obtainToken(baseUrl, credentials, "ana@example.com");
  const token = await ask();
  expect((await callApi(baseUrl, token)).status).toBe(200);

  await page.goto(`${baseUrl}/`);
  await expect(page.getByText("Everything is in order")).toBeVisible();
  const open = page.getByRole("button", { name: "Revoke every token" });
  await expect(open).toBeEnabled();
  await open.focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("alertdialog", { name: "Revoke every token of every application?" });
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
  const said = page.getByRole("status").filter({ hasText: "Every token is revoked" });
  await expect(said).toBeVisible();
  expect((await callApi(baseUrl, token)).status).toBe(401);
  await expect.poll(async () => (await callApi(baseUrl, await ask())).status).toBe(200);
  // The page was rendered anew meanwhile: what was said and the focus are still there.
  await expect(said).toBeVisible();
  await expect(open).toBeFocused();
  await page.close();
  await stopOwnServer(server);
});
