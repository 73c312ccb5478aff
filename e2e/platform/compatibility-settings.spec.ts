import { type Browser, expect, test } from "@playwright/test";
import { ApplicationFormPage } from "../pages/application-form-page";
import { SignInPage } from "../pages/sign-in-page";
import { send } from "../support/http-client";
import { type Credentials, callApi, tokenForm } from "../support/oauth-requests";
import { type OwnServer, startOwnServer } from "../support/own-server";
import { makeDataDirectory } from "../support/server";

test.describe.configure({ timeout: 240_000 });

const ADMINISTRATOR = { email: "administrator@vestibule.example", password: "a password of this test alone" };
const TOKEN = "/external-api/v1.0/application/token/";
const ROOMS = "/external-api/v1.0/rooms/";
const ANA = "ana@example.com";

async function start(name: string, environment: Record<string, string>): Promise<OwnServer> {
  const server = await startOwnServer({
    DATA_DIR: makeDataDirectory(name),
    ADMIN_EMAIL: ADMINISTRATOR.email,
    ADMIN_PASSWORD: ADMINISTRATOR.password,
    ...environment,
  });
  await server.ready;
  return server;
}

async function stop(server: OwnServer): Promise<void> {
  server.process.kill("SIGTERM");
  await server.exited;
}

async function openPortal(browser: Browser, server: OwnServer) {
  const page = await browser.newPage({ baseURL: server.baseUrl });
  await page.goto("/sign-in");
  await new SignInPage(page).signIn(ADMINISTRATOR);
  await expect(page.getByText("Let the first application in")).toBeVisible();
  const form = new ApplicationFormPage(page);
  await form.open();
  await form.fill({ name: "Moved", scopes: ["rooms:create", "rooms:list"], domains: [] });
  return { page, credentials: await form.createAndReadCredentials() };
}

function ask(server: OwnServer, credentials: Credentials) {
  const headers = { "Content-Type": "application/x-www-form-urlencoded" };
  return send(server.baseUrl, { method: "POST", path: TOKEN, body: tokenForm(credentials, ANA), headers });
}

test("at the paths of La Suite Meet, telephony and the meeting front end are as configured, and whoever is switched off is told so", async ({
  browser,
}) => {
  const server = await start("compatible-telephony", {
    ROOM_BASE_URL: "https://meet.example",
    ROOM_TELEPHONY_ENABLED: "true",
    ROOM_TELEPHONY_PHONE_NUMBER: "+33123456789",
    ROOM_TELEPHONY_DEFAULT_COUNTRY: "FR",
    EXTERNAL_API_DEFAULT_ACCESS_LEVEL: "restricted",
  });
  const { page, credentials } = await openPortal(browser, server);
  const { access_token: token } = (await ask(server, credentials)).json as { access_token: string };
  const made = await callApi(server.baseUrl, token, { method: "POST", path: ROOMS });
  const { slug } = made.json as { slug: string };
  expect({ status: made.status, body: made.json }).toEqual({
    status: 201,
    body: {
      id: expect.any(String),
      name: slug,
      slug,
      access_level: "restricted",
      configuration: {},
      url: `https://meet.example/${slug}`,
      telephony: {
        enabled: true,
        phone_number: "+33123456789",
        pin_code: expect.stringMatching(/^\d{10}$/),
        default_country: "FR",
      },
    },
  });

  await page.goto(`/people?q=${ANA}`);
  await page.getByRole("main").getByRole("link", { name: ANA }).click();
  await page.getByRole("button", { name: "Deactivate person", exact: true }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Deactivate person" }).click();
  await expect(page.getByRole("button", { name: "Activate person", exact: true })).toBeVisible();
  const refused = await callApi(server.baseUrl, token, { path: ROOMS });
  expect([refused.status, refused.json]).toEqual([401, { detail: "User account is disabled." }]);
  const again = await ask(server, credentials);
  expect([again.status, again.json]).toEqual([404, { detail: "User not found." }]);
  await page.close();
  await stop(server);
});

test("at the paths of La Suite Meet, nobody is made where people have to be known already", async ({ browser }) => {
  const server = await start("compatible-existing", { USER_PROVISIONING: "existing-only" });
  const { page, credentials } = await openPortal(browser, server);
  const answer = await ask(server, credentials);
  expect([answer.status, answer.json]).toEqual([404, { detail: "User not found." }]);
  await page.goto("/people");
  await expect(page.getByRole("main").getByText(ANA)).toHaveCount(0);
  await page.close();
  await stop(server);
});

test("at the paths of La Suite Meet, nothing is there while the external API is off", async () => {
  const server = await start("compatible-off", { EXTERNAL_API_ENABLED: "false" });
  const credentials = { clientId: "any", clientSecret: "any" };
  for (const answer of [
    await ask(server, credentials),
    await callApi(server.baseUrl, "any", { path: ROOMS }),
    await callApi(server.baseUrl, "any", { path: `${ROOMS}x/`, method: "DELETE" }),
    await callApi(server.baseUrl, "any", { path: "/api/external/me" }),
  ]) {
    expect([answer.status, (answer.json as { detail: string }).detail]).toEqual([404, "Not found."]);
  }
  await stop(server);
});
