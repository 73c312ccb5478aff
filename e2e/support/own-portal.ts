import { type Browser, expect, type Page } from "@playwright/test";
import { SignInPage } from "../pages/sign-in-page";
import { type OwnServer, startOwnServer } from "./own-server";
import { copyDataDirectory } from "./server";

/** Who may sign in to it. */
export const OWN_ADMINISTRATOR = {
  email: "administrator@vestibule.example",
  password: "a password of this test alone",
};

/** Starts a server of one test alone and opens its sign-in page. `name` is that of the test's data. */
export async function openOwnSignIn(
  browser: Browser,
  name: string,
  environment: Record<string, string> = {},
): Promise<{ server: OwnServer; page: Page }> {
  const server = await startOwnServer({
    ADMIN_EMAIL: OWN_ADMINISTRATOR.email,
    ADMIN_PASSWORD: OWN_ADMINISTRATOR.password,
    ...environment,
    DATA_DIR: environment.DATA_DIR ?? copyDataDirectory(name),
  });
  await server.ready;
  // Not browser.newPage: in its context no second page can be opened.
  const page = await (await browser.newContext({ baseURL: server.baseUrl })).newPage();
  await page.goto("/sign-in");
  return { server, page };
}

/** The same, signed in to the empty portal. */
export async function openOwnPortal(
  browser: Browser,
  name: string,
  environment: Record<string, string>,
): Promise<{ server: OwnServer; page: Page }> {
  const { server, page } = await openOwnSignIn(browser, name, environment);
  await new SignInPage(page).signIn(OWN_ADMINISTRATOR);
  await expect(page.getByText("Let the first application in")).toBeVisible();
  return { server, page };
}

/** Ends it as an operator would, and waits until it has. */
export async function stopOwnServer(server: OwnServer): Promise<void> {
  server.process.kill("SIGTERM");
  await server.exited;
}
