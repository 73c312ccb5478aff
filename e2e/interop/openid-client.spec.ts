import { expect, test } from "@playwright/test";
import * as openid from "openid-client";
import { client } from "../support/clients";
import { baseUrl } from "../support/server";

const baseURL = baseUrl();

const METHODS = [
  ["client_secret_basic", openid.ClientSecretBasic],
  ["client_secret_post", openid.ClientSecretPost],
  ["no method named", () => undefined],
] as const;

function discover(baseUrl: string, clientId: string, secret: string, method: (typeof METHODS)[number][1]) {
  return openid.discovery(new URL(baseUrl), clientId, secret, method(secret), {
    algorithm: "oauth2",
    execute: [openid.allowInsecureRequests],
  });
}

for (const [title, method] of METHODS) {
  test(`openid-client: ${title} gets a token that lists rooms`, async () => {
    const { clientId, clientSecret } = client("full");
    const server = await discover(baseURL, clientId, clientSecret, method);
    const resource = `${baseURL}/api/external/rooms`;
    const token = await openid.clientCredentialsGrant(server, { scope: "ana@example.com rooms:list", resource });
    expect(token).toMatchObject({ token_type: "bearer", expires_in: 3600, scope: "rooms:list" });
    expect(token.expiresIn()).toBeGreaterThan(3590);
    const rooms = await openid.fetchProtectedResource(server, token.access_token, new URL(resource), "GET");
    expect(rooms.status).toBe(200);
  });
}

/** What the library throws for a wrong secret. */
async function refusalOf(method: (typeof METHODS)[number][1]): Promise<unknown> {
  const server = await discover(baseURL, client("limited").clientId, "wrong", method);
  return openid.clientCredentialsGrant(server, { scope: "ana@example.com" }).catch((error) => error);
}

test("openid-client: a wrong secret in the header is a challenge, and its body says invalid_client", async () => {
  const thrown = await refusalOf(openid.ClientSecretBasic);
  if (!(thrown instanceof openid.WWWAuthenticateChallengeError)) throw thrown;
  expect(thrown.status).toBe(401);
  expect(await thrown.response.json()).toMatchObject({ error: "invalid_client" });
});

for (const [title, method] of METHODS.filter(([name]) => name !== "client_secret_basic")) {
  // Conformance: N38
  test(`openid-client: ${title} with a wrong secret is invalid_client`, async () => {
    const thrown = await refusalOf(method);
    if (!(thrown instanceof openid.ResponseBodyError)) throw thrown;
    expect({ error: thrown.error, status: thrown.status }).toEqual({ error: "invalid_client", status: 401 });
  });
}

test("openid-client: a grant type that is not offered is an error body with its code", async () => {
  const { clientId, clientSecret } = client("full");
  const server = await discover(baseURL, clientId, clientSecret, openid.ClientSecretPost);
  const thrown: unknown = await openid.refreshTokenGrant(server, "none").catch((error) => error);
  if (!(thrown instanceof openid.ResponseBodyError)) throw thrown;
  expect({ error: thrown.error, status: thrown.status }).toEqual({ error: "unsupported_grant_type", status: 400 });
});
