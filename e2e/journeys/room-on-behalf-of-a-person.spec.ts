import * as oauth from "oauth4webapi";
import * as openid from "openid-client";
import { ApplicationFormPage } from "../pages/application-form-page";
import { ApplicationPage } from "../pages/application-page";
import { expect, test } from "../support/fresh-session";
import { expectInvalidClient, expectProblem } from "../support/oauth-expectations";
import { type Credentials, callApi, claimsOf, postForm, tokenForm } from "../support/oauth-requests";
import { baseUrl } from "../support/server";

const baseURL = baseUrl();

const PERSON = "ana@example.com";
const SCOPE = `${PERSON} rooms:create rooms:retrieve`;
const GRANTED = "rooms:create rooms:retrieve";

/** A token through oauth4webapi, as its documentation shows: discover, request, process. */
async function tokenThroughOauth4webapi(baseUrl: string, { clientId, clientSecret }: Credentials) {
  const insecure = { [oauth.allowInsecureRequests]: true };
  const issuer = new URL(baseUrl);
  const server = await oauth
    .discoveryRequest(issuer, { algorithm: "oauth2", ...insecure })
    .then((answer) => oauth.processDiscoveryResponse(issuer, answer));
  const client = { client_id: clientId };
  const answer = await oauth.clientCredentialsGrantRequest(
    server,
    client,
    oauth.ClientSecretBasic(clientSecret),
    { scope: SCOPE },
    insecure,
  );
  return oauth.processClientCredentialsResponse(server, client, answer);
}

/** A token through openid-client, as its documentation shows. */
async function tokenThroughOpenidClient(baseUrl: string, { clientId, clientSecret }: Credentials) {
  const server = await openid.discovery(
    new URL(baseUrl),
    clientId,
    clientSecret,
    openid.ClientSecretPost(clientSecret),
    {
      algorithm: "oauth2",
      execute: [openid.allowInsecureRequests],
    },
  );
  return openid.clientCredentialsGrant(server, { scope: SCOPE });
}

test("staff let an application in, it makes a room for a person, and staff shut it out again", async ({ page }) => {
  const name = `Journey ${Date.now()}`;
  const form = new ApplicationFormPage(page);
  await form.open();
  await form.fill({ name, scopes: ["rooms:create", "rooms:retrieve"], domains: ["example.com"] });
  const credentials = await form.createAndReadCredentials();

  const tokens = {
    oauth4webapi: await tokenThroughOauth4webapi(baseURL, credentials),
    openidClient: await tokenThroughOpenidClient(baseURL, credentials),
  };
  for (const token of Object.values(tokens)) {
    expect(token).toMatchObject({ token_type: "bearer", expires_in: 3600, scope: GRANTED });
    expect(claimsOf(token.access_token)).toMatchObject({ client_id: credentials.clientId, delegated: true });
  }
  expect(claimsOf(tokens.oauth4webapi.access_token).sub).toBe(claimsOf(tokens.openidClient.access_token).sub);

  const { access_token: token } = tokens.openidClient;
  const created = await callApi(baseURL, token, { method: "POST" });
  expect(created.status).toBe(201);
  const room = created.json as { id: string; slug: string; url: string };
  expect((await callApi(baseURL, token, { path: String(created.headers.location) })).json).toEqual(room);

  await page.goto(room.url);
  await expect(page.getByText(room.slug).first()).toBeVisible();

  const application = new ApplicationPage(page);
  await application.openByName(name);
  await application.deactivate();

  expectInvalidClient(await postForm(baseURL, tokenForm(credentials, SCOPE)));
  const refused = await callApi(baseURL, token, { path: `/api/external/rooms/${room.id}` });
  expectProblem(refused, 401);
  expect(refused.headers["www-authenticate"]).toContain('error="invalid_token"');

  await application.activate();
  expect((await callApi(baseURL, token, { path: `/api/external/rooms/${room.id}` })).status).toBe(200);
});
