import { expect, test } from "@playwright/test";
import { findFreePort } from "../../../lib/testing/process/loopback";
import { SecondFactorPage } from "../../pages/second-factor-page";
import { SignInPage } from "../../pages/sign-in-page";
import { findViolations } from "../../support/accessibility";
import { ageSessions } from "../../support/fresh-session";
import { OWN_ADMINISTRATOR as ADMINISTRATOR, openOwnSignIn, stopOwnServer } from "../../support/own-portal";
import { startOwnServer } from "../../support/own-server";
import { addVirtualAuthenticator } from "../../support/second-factor/virtual-authenticator";
import { copyDataDirectory } from "../../support/server";

test("a passkey is added, signs in after the password, confirms who it is, and is removed, by keyboard alone", async ({
  browser,
}) => {
  const environment = { DATA_DIR: copyDataDirectory("passkeys"), PORT: String(await findFreePort()) };
  const { server: first, page } = await openOwnSignIn(browser, "passkeys", environment);
  const removeAuthenticator = await addVirtualAuthenticator(page);
  const factors = new SecondFactorPage(page);
  await new SignInPage(page).signIn(ADMINISTRATOR);
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();

  await page.goto("/account");
  await factors.addPasskey("Laptop");
  await factors.takeCodes();
  await expect(factors.card).toContainText("Laptop");
  await expect(factors.card).toContainText("not used yet");
  await factors.card.getByRole("button", { name: "Add a passkey" }).click();
  const dialog = page.getByRole("dialog", { name: "Add a passkey" });
  await page.keyboard.press("Enter");
  await expect(dialog).toContainText("Give the passkey a name by which you know it again.");
  await dialog.getByLabel("Name", { exact: true }).fill("Again");
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("alert")).toContainText("This device holds a passkey of yours already.");
  await page.keyboard.press("Escape");
  await factors.card.getByRole("button", { name: "Rename “Laptop”" }).click();
  await page.getByRole("dialog").getByLabel("Name", { exact: true }).fill("Blue key");
  await page.keyboard.press("Enter");
  await expect(factors.card).toContainText("Blue key");
  expect(await findViolations(page)).toEqual([]);

  await page.context().clearCookies({ name: /session/ });
  await page.goto("/rooms");
  await new SignInPage(page).signIn(ADMINISTRATOR);
  await expect(factors.passkey).toBeEnabled();
  await expect(factors.code).toBeHidden();
  expect(await findViolations(page)).toEqual([]);
  await factors.passkey.press("Enter");
  await expect(page).toHaveURL(/\/rooms$/);
  await stopOwnServer(first);
  await ageSessions(environment.DATA_DIR);

  const server = await startOwnServer(environment);
  await server.ready;
  await page.goto("/account");
  await expect(factors.card).not.toContainText("not used yet");
  await factors.card.getByRole("button", { name: "Remove “Blue key”" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Remove", exact: true }).click();
  const proof = page.getByRole("alertdialog", { name: "Confirm that it is you" });
  await expect(proof.getByRole("button", { name: "Use a passkey" })).toBeFocused();
  await proof.getByLabel("Password", { exact: true }).fill(ADMINISTRATOR.password);
  await page.keyboard.press("Enter");
  await expect(proof.getByRole("alert")).toHaveText("This is not right. Check it and try again.");
  await proof.getByRole("button", { name: "Use a passkey" }).press("Enter");
  await expect(proof).toBeHidden();
  await expect(factors.card).not.toContainText("Blue key");
  await expect(factors.card.getByText("Off", { exact: true })).toBeVisible();
  await removeAuthenticator();
  await page.context().close();
  await stopOwnServer(server);
});

test("where no passkey answers, the second step says so and a recovery code lets in; a portal under a number offers none", async ({
  browser,
}) => {
  const port = String(await findFreePort());
  const environment = { DATA_DIR: copyDataDirectory("passkeys-none"), PORT: port };
  const { server, page } = await openOwnSignIn(browser, "passkeys-none", environment);
  const removeAuthenticator = await addVirtualAuthenticator(page);
  const factors = new SecondFactorPage(page);
  await new SignInPage(page).signIn(ADMINISTRATOR);
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
  await page.goto("/account");
  await factors.addPasskey("Laptop");
  const codes = await factors.takeCodes();
  await removeAuthenticator();
  await addVirtualAuthenticator(page);
  await page.context().clearCookies({ name: /session/ });
  await page.goto("/sign-in");
  await new SignInPage(page).signIn(ADMINISTRATOR);
  await expect(factors.passkey).toBeEnabled();
  await factors.passkey.press("Enter");
  await expect(factors.failure).toContainText("No passkey was used");
  await factors.enterRecoveryCode(codes[0] ?? "");
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
  await page.context().close();
  await stopOwnServer(server);

  const numbered = await startOwnServer({ ...environment, PUBLIC_URL: `http://127.0.0.1:${port}` });
  await numbered.ready;
  const other = await (await browser.newContext({ baseURL: `http://127.0.0.1:${port}` })).newPage();
  const elsewhere = new SecondFactorPage(other);
  await other.goto("/sign-in");
  await new SignInPage(other).signIn(ADMINISTRATOR);
  await expect(elsewhere.passkey).toBeHidden();
  await elsewhere.enterRecoveryCode(codes[1] ?? "");
  await expect(other.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
  await other.goto("/account");
  await expect(elsewhere.card).toContainText("Passkeys are not offered: they need a portal whose address is a name");
  await expect(elsewhere.card.getByRole("button", { name: "Add a passkey" })).toBeHidden();
  await other.context().close();
  await stopOwnServer(numbered);
});
