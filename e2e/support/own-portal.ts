import { type Browser, expect, type Page } from "@playwright/test";
import { SignInPage } from "../pages/sign-in-page";
import { type OwnServer, startOwnServer } from "./own-server";
import { copyDataDirectory } from "./server";

const ADMINISTRATOR = { email: "administrator@vestibule.example", password: "a password of this test alone" };

/** Starts a server of one test alone and opens its empty portal, signed in. `name` is that of the test's data. */
export async function openOwnPortal(
  browser: Browser,
  name: string,
  environment: Record<string, string>,
): Promise<{ server: OwnServer; page: Page }> {
  const server = await startOwnServer({
    DATA_DIR: copyDataDirectory(name),
    ADMIN_EMAIL: ADMINISTRATOR.email,
    ADMIN_PASSWORD: ADMINISTRATOR.password,
    ...environment,
  });
  await server.ready;
  const page = await browser.newPage({ baseURL: server.baseUrl });
  await page.goto("/sign-in");
  await new SignInPage(page).signIn(ADMINISTRATOR);
  await expect(page.getByText("Let the first application in")).toBeVisible();
  return { server, page };
}

/** Ends it as an operator would, and waits until it has. */
export async function stopOwnServer(server: OwnServer): Promise<void> {
  server.process.kill("SIGTERM");
  await server.exited;
}
