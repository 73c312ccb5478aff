import * as oauth from "oauth4webapi";
import * as openid from "openid-client";
import { describe, expect, it } from "vitest";
import { toWebResponse } from "../http/endpoint-response";
import { createJwksEndpoint, createMetadataEndpoint } from "../metadata";
import { createTokenService, INTROSPECTION_URL, REVOCATION_URL } from "../testing/presented-token-doubles";
import {
  ALICE_ID,
  AUDIENCE,
  CALENDAR,
  createTestServer,
  GOOD,
  ISSUER,
  SUPPORTED_SCOPES,
  TOKEN_URL,
  testKeyRing,
} from "../testing/token-endpoint-doubles";

const JWKS_URL = `${ISSUER}/api/oauth/jwks`;
const scope = { scope: GOOD.scope };
// The clock of the libraries is the real one, so the server's must be too.
const server = createTestServer({ deps: { now: () => new Date() } });
const metadata = createMetadataEndpoint({
  issuer: ISSUER,
  tokenEndpoint: TOKEN_URL,
  revocationEndpoint: REVOCATION_URL,
  introspectionEndpoint: INTROSPECTION_URL,
  jwksUri: JWKS_URL,
  supportedScopes: SUPPORTED_SCOPES,
});
const jwks = createJwksEndpoint({ keyRing: testKeyRing });
const realClock = { keyRing: testKeyRing, now: () => new Date() };
const tokens = await createTokenService({ revocation: realClock, introspection: realClock });

/** The whole authorization server behind `fetch`, as a client of another process would see it. */
async function fetchInProcess(url: string, init: RequestInit): Promise<Response> {
  const request = new Request(url, init);
  const path = new URL(url).pathname;
  if (path === "/.well-known/oauth-authorization-server") return toWebResponse(await metadata(request));
  if (path === "/api/oauth/jwks") return toWebResponse(await jwks(request));
  if (path === "/api/oauth/token") return server.send(request);
  if (path === "/api/oauth/revoke") return tokens.send.revoke(request);
  if (path === "/api/oauth/introspect") return tokens.send.introspect(request);
  return new Response(null, { status: 404 });
}

/** As the library calls it: without a body its member is there and undefined. */
type FetchOptions = Omit<RequestInit, "body"> & { body: BodyInit | null | undefined };

const viaServer = {
  [oauth.customFetch]: (url: string, { body = null, ...options }: FetchOptions) =>
    fetchInProcess(url, { ...options, body }),
};

async function discover() {
  const issuer = new URL(ISSUER);
  return oauth.processDiscoveryResponse(
    issuer,
    await oauth.discoveryRequest(issuer, { algorithm: "oauth2", ...viaServer }),
  );
}

describe("oauth4webapi, as it comes", () => {
  it.each([
    ["client_secret_basic", oauth.ClientSecretBasic],
    ["client_secret_post", oauth.ClientSecretPost],
  ])("discovers, authenticates with %s, and validates the token by RFC 9068", async (_method, authentication) => {
    const as = await discover();
    const client = { client_id: "calendar" };
    const response = await oauth.clientCredentialsGrantRequest(
      as,
      client,
      authentication(CALENDAR.secret),
      scope,
      viaServer,
    );
    const token = await oauth.processClientCredentialsResponse(as, client, response);
    expect(token).toEqual({
      access_token: expect.any(String),
      token_type: "bearer",
      expires_in: 3600,
      scope: "rooms:list rooms:create",
    });
    const call = new Request(AUDIENCE, { headers: { Authorization: `Bearer ${token.access_token}` } });
    expect(await oauth.validateJwtAccessToken(as, call, AUDIENCE, viaServer)).toMatchObject({
      iss: ISSUER,
      aud: AUDIENCE,
      sub: ALICE_ID,
      client_id: "calendar",
    });
  });

  it("reads a wrong secret as a challenge, which RFC 9110 puts before the body", async () => {
    const as = await discover();
    const client = { client_id: "calendar" };
    const wrong = oauth.ClientSecretBasic("wrong");
    const response = await oauth.clientCredentialsGrantRequest(as, client, wrong, scope, viaServer);
    const thrown: unknown = await oauth.processClientCredentialsResponse(as, client, response).catch((error) => error);
    expect(thrown instanceof oauth.WWWAuthenticateChallengeError && thrown.cause).toEqual([
      { scheme: "basic", parameters: { realm: "token" } },
    ]);
  });

  it("reads a refused scope as an error with its description", async () => {
    const as = await discover();
    const client = { client_id: "calendar" };
    const secret = oauth.ClientSecretBasic(CALENDAR.secret);
    const response = await oauth.clientCredentialsGrantRequest(as, client, secret, { scope: "rooms:list" }, viaServer);
    await expect(oauth.processClientCredentialsResponse(as, client, response)).rejects.toMatchObject({
      error: "invalid_scope",
      error_description: "The person to act for must be named, by requested_subject or in the scope.",
      status: 400,
    });
  });
});

describe("oauth4webapi, after the token was obtained", () => {
  // Conformance: I02, I03, V01
  it.each([
    ["client_secret_basic", oauth.ClientSecretBasic],
    ["client_secret_post", oauth.ClientSecretPost],
  ])("introspects, revokes and introspects again with %s", async (_method, authentication) => {
    const as = await discover();
    const client = { client_id: "calendar" };
    const secret = authentication(CALENDAR.secret);
    const granted = await oauth.clientCredentialsGrantRequest(as, client, secret, scope, viaServer);
    const { access_token } = await oauth.processClientCredentialsResponse(as, client, granted);
    const introspect = async () =>
      oauth.processIntrospectionResponse(
        as,
        client,
        await oauth.introspectionRequest(as, client, secret, access_token, viaServer),
      );
    expect(await introspect()).toMatchObject({ active: true, client_id: "calendar", sub: ALICE_ID, aud: AUDIENCE });
    const revocation = await oauth.revocationRequest(as, client, secret, access_token, viaServer);
    expect(await oauth.processRevocationResponse(revocation)).toBeUndefined();
    expect(await introspect()).toEqual({ active: false });
  });
});

/** A token request is always a form; anything else would be news. */
function toFormBody(body: openid.FetchBody): URLSearchParams | null {
  if (body === undefined || body === null) return null;
  if (body instanceof URLSearchParams) return body;
  throw new TypeError("a form was expected");
}

describe("openid-client, as it comes", () => {
  it.each([
    ["its default", undefined],
    ["client_secret_basic", openid.ClientSecretBasic(CALENDAR.secret)],
    ["client_secret_post", openid.ClientSecretPost(CALENDAR.secret)],
  ])("gets a token with %s", async (_method, authentication) => {
    const config = await openid.discovery(new URL(ISSUER), "calendar", CALENDAR.secret, authentication, {
      algorithm: "oauth2",
      [openid.customFetch]: (url, init) => fetchInProcess(url, { ...init, body: toFormBody(init.body) }),
    });
    const token = await openid.clientCredentialsGrant(config, { ...scope, resource: AUDIENCE });
    expect(token).toMatchObject({ token_type: "bearer", expires_in: 3600, scope: "rooms:list rooms:create" });
  });
});
