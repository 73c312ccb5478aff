import { expect, test } from "@playwright/test";
import * as oauth from "oauth4webapi";
import { client } from "../support/clients";
import { baseUrl } from "../support/server";

const baseURL = baseUrl();

const insecure = { [oauth.allowInsecureRequests]: true };
const SCOPE = { scope: "ana@example.com rooms:list" };
const METHODS = [
  ["client_secret_basic", oauth.ClientSecretBasic],
  ["client_secret_post", oauth.ClientSecretPost],
] as const;

async function discover(baseUrl: string): Promise<oauth.AuthorizationServer> {
  const issuer = new URL(baseUrl);
  const answer = await oauth.discoveryRequest(issuer, { algorithm: "oauth2", ...insecure });
  return oauth.processDiscoveryResponse(issuer, answer);
}

for (const [method, authentication] of METHODS) {
  test(`oauth4webapi: ${method} gets a token that the library itself validates by RFC 9068`, async () => {
    const as = await discover(baseURL);
    const { clientId, clientSecret } = client("full");
    const me = { client_id: clientId };
    const answer = await oauth.clientCredentialsGrantRequest(as, me, authentication(clientSecret), SCOPE, insecure);
    const token = await oauth.processClientCredentialsResponse(as, me, answer);
    expect(token).toEqual({
      access_token: expect.any(String),
      token_type: "bearer",
      expires_in: 3600,
      scope: "rooms:list",
    });

    const audience = `${baseURL}/api/external/rooms`;
    const call = new Request(audience, { headers: { Authorization: `Bearer ${token.access_token}` } });
    expect(await oauth.validateJwtAccessToken(as, call, audience, insecure)).toMatchObject({
      iss: baseURL,
      aud: audience,
      client_id: clientId,
      scope: "rooms:list",
    });
    const resource = new URL(audience);
    const rooms = await oauth.protectedResourceRequest(token.access_token, "GET", resource, undefined, null, insecure);
    expect(rooms.status).toBe(200);
  });
}

/** What the library throws for a wrong secret. */
async function refusalOf(authentication: (typeof METHODS)[number][1]): Promise<unknown> {
  const as = await discover(baseURL);
  const me = { client_id: client("limited").clientId };
  const answer = await oauth.clientCredentialsGrantRequest(as, me, authentication("wrong"), SCOPE, insecure);
  return oauth.processClientCredentialsResponse(as, me, answer).catch((error) => error);
}

test("oauth4webapi: a wrong secret in the header is a challenge, and its body says invalid_client", async () => {
  const thrown = await refusalOf(oauth.ClientSecretBasic);
  // RFC 6749 asks for the challenge here, and this library reads it before the body.
  if (!(thrown instanceof oauth.WWWAuthenticateChallengeError)) throw thrown;
  expect(thrown.cause).toEqual([{ scheme: "basic", parameters: { realm: expect.any(String) } }]);
  expect(await thrown.response.json()).toMatchObject({ error: "invalid_client" });
});

// Conformance: N38
test("oauth4webapi: a wrong secret in the body is invalid_client", async () => {
  const thrown = await refusalOf(oauth.ClientSecretPost);
  if (!(thrown instanceof oauth.ResponseBodyError)) throw thrown;
  expect({ error: thrown.error, status: thrown.status }).toEqual({ error: "invalid_client", status: 401 });
});

test("oauth4webapi: a refused scope is an error body with its description", async () => {
  const as = await discover(baseURL);
  const { clientId, clientSecret } = client("limited");
  const me = { client_id: clientId };
  const elsewhere = { scope: "ana@example.org" };
  const secret = oauth.ClientSecretBasic(clientSecret);
  const answer = await oauth.clientCredentialsGrantRequest(as, me, secret, elsewhere, insecure);
  const thrown: unknown = await oauth.processClientCredentialsResponse(as, me, answer).catch((error) => error);
  if (!(thrown instanceof oauth.ResponseBodyError)) throw thrown;
  expect({ error: thrown.error, text: thrown.error_description, status: thrown.status }).toEqual({
    error: "invalid_scope",
    text: "The application may not act for this e-mail domain.",
    status: 400,
  });
});
