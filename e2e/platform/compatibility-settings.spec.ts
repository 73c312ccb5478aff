import { type Browser, expect, test } from "@playwright/test";
import { ApplicationFormPage } from "../pages/application-form-page";
import { send } from "../support/http-client";
import { type Credentials, callApi, tokenForm } from "../support/oauth-requests";
import { openOwnPortal, stopOwnServer } from "../support/own-portal";
import { type OwnServer, startOwnServer } from "../support/own-server";
import { copyDataDirectory } from "../support/server";

const TOKEN = "/external-api/v1.0/application/token/";
const ROOMS = "/external-api/v1.0/rooms/";
const ANA = "ana@example.com";

/** A portal of its own with one application. */
async function openWithApplication(browser: Browser, name: string, environment: Record<string, string>) {
  const { server, page } = await openOwnPortal(browser, name, environment);
  const form = new ApplicationFormPage(page);
  await form.open();
  await form.fill({ name: "Moved", scopes: ["rooms:create", "rooms:list"], domains: [] });
  return { server, page, credentials: await form.createAndReadCredentials() };
}

function ask(server: OwnServer, credentials: Credentials) {
  const headers = { "Content-Type": "application/x-www-form-urlencoded" };
  return send(server.baseUrl, { method: "POST", path: TOKEN, body: tokenForm(credentials, ANA), headers });
}

test("at the paths of La Suite Meet, telephony and the meeting front end are as configured, and whoever is switched off is told so", async ({
  browser,
}) => {
  const { server, page, credentials } = await openWithApplication(browser, "compatible-telephony", {
    ROOM_BASE_URL: "https://meet.example",
    ROOM_TELEPHONY_ENABLED: "true",
    ROOM_TELEPHONY_PHONE_NUMBER: "+33123456789",
    ROOM_TELEPHONY_DEFAULT_COUNTRY: "FR",
    EXTERNAL_API_DEFAULT_ACCESS_LEVEL: "restricted",
  });
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
  await stopOwnServer(server);
});

test("at the paths of La Suite Meet, nobody is made where people have to be known already", async ({ browser }) => {
  const settings = { USER_PROVISIONING: "existing-only" };
  const { server, page, credentials } = await openWithApplication(browser, "compatible-existing", settings);
  const answer = await ask(server, credentials);
  expect([answer.status, answer.json]).toEqual([404, { detail: "User not found." }]);
  await page.goto("/people");
  await expect(page.getByRole("main").getByText(ANA)).toHaveCount(0);
  await page.close();
  await stopOwnServer(server);
});

test("at the paths of La Suite Meet, nothing is there while the external API is off", async () => {
  const server = await startOwnServer({ DATA_DIR: copyDataDirectory("compatible-off"), EXTERNAL_API_ENABLED: "false" });
  await server.ready;
  const credentials = { clientId: "any", clientSecret: "any" };
  for (const answer of [
    await ask(server, credentials),
    await callApi(server.baseUrl, "any", { path: ROOMS }),
    await callApi(server.baseUrl, "any", { path: `${ROOMS}x/`, method: "DELETE" }),
    await callApi(server.baseUrl, "any", { path: "/api/external/me" }),
  ]) {
    expect([answer.status, (answer.json as { detail: string }).detail]).toEqual([404, "Not found."]);
  }
  await stopOwnServer(server);
});
