import { expect, test } from "@playwright/test";
import { findFreePort } from "../../lib/testing/process/loopback";
import { ApplicationFormPage } from "../pages/application-form-page";
import { SecretDialog } from "../pages/secret-dialog";
import { SignInPage } from "../pages/sign-in-page";
import { ageSessions } from "../support/fresh-session";
import { stopOwnServer } from "../support/own-portal";
import { startOwnServer } from "../support/own-server";
import { copyDataDirectory } from "../support/server";

const ADMINISTRATOR = { email: "administrator@vestibule.example", password: "a password of this test alone" };

test("asks a member who signed in a while ago for their password, by keyboard alone, and then does what was asked", async ({
  page,
}) => {
  const dataDirectory = copyDataDirectory("fresh");
  const environment = {
    DATA_DIR: dataDirectory,
    PORT: String(await findFreePort()),
    ADMIN_EMAIL: ADMINISTRATOR.email,
    ADMIN_PASSWORD: ADMINISTRATOR.password,
  };
  const first = await startOwnServer(environment);
  await first.ready;
  await page.goto(`${first.baseUrl}/sign-in`);
  await new SignInPage(page).signIn(ADMINISTRATOR);
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
  await stopOwnServer(first);
  await ageSessions(dataDirectory);

  const server = await startOwnServer(environment);
  await server.ready;
  await page.goto(`${server.baseUrl}/applications/new`);
  const form = new ApplicationFormPage(page);
  await form.fill({ name: "Calendar", scopes: ["rooms:create"], domains: ["example.org"] });
  await form.create.focus();
  await page.keyboard.press("Enter");

  const dialog = page.getByRole("alertdialog", { name: "Confirm that it is you" });
  const password = dialog.getByLabel("Password", { exact: true });
  await expect(password).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("main").getByRole("alert")).toContainText("Nothing was changed");
  await expect(form.create).toBeFocused();

  await page.keyboard.press("Enter");
  await expect(password).toBeFocused();
  await page.keyboard.type("not the password");
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("alert")).toHaveText("The password is not right. Check it and try again.");
  await expect(password).toHaveValue("");
  await expect(password).toBeFocused();

  const sent = page.waitForRequest(/re-authenticate/);
  await page.keyboard.type(ADMINISTRATOR.password);
  await page.keyboard.press("Enter");
  expect(new URL((await sent).url()).search).toBe("");

  const secret = new SecretDialog(page);
  await expect(secret.dialog).toHaveAccessibleDescription(/^Calendar is created/);
  await secret.confirmAndClose();
  await expect(page.getByRole("heading", { level: 1, name: "Calendar" })).toBeVisible();
  expect(server.output()).not.toContain(ADMINISTRATOR.password);
  await stopOwnServer(server);
});
