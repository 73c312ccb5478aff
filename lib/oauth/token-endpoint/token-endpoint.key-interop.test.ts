import { SignJWT } from "jose";
import * as oauth from "oauth4webapi";
import * as openid from "openid-client";
import { describe, expect, it } from "vitest";
import { JWT_BEARER_GRANT } from "../client/client-metadata";
import { toWebResponse } from "../http/endpoint-response";
import { createMetadataEndpoint } from "../metadata";
import { createClientKey } from "../testing/forge-assertion";
import {
  CALENDAR,
  createTestServer,
  GOOD,
  ISSUER,
  SUPPORTED_SCOPES,
  TOKEN_URL,
} from "../testing/token-endpoint-doubles";

const es256 = await createClientKey("ES256");
const ps256 = await createClientKey("PS256");
const rs256 = await createClientKey("RS256");
const ed25519 = await createClientKey("Ed25519");
const keys = { ES256: es256, PS256: ps256, RS256: rs256, Ed25519: ed25519 };
const { client } = CALENDAR;

// The clock of the libraries is the real one, so the server's must be too.
const server = createTestServer({
  applications: [
    {
      ...CALENDAR,
      client: { ...client, grantTypes: ["client_credentials", JWT_BEARER_GRANT] },
      keys: Object.values(keys).map(({ clientKey }) => clientKey),
      methods: ["private_key_jwt"],
    },
  ],
  deps: { now: () => new Date() },
});
const metadata = createMetadataEndpoint({
  issuer: ISSUER,
  tokenEndpoint: TOKEN_URL,
  revocationEndpoint: `${ISSUER}/api/oauth/revoke`,
  introspectionEndpoint: `${ISSUER}/api/oauth/introspect`,
  jwksUri: `${ISSUER}/api/oauth/jwks`,
  supportedScopes: SUPPORTED_SCOPES,
});

async function fetchInProcess(url: string, init: RequestInit): Promise<Response> {
  const request = new Request(url, init);
  return new URL(url).pathname.startsWith("/.well-known/")
    ? toWebResponse(await metadata(request))
    : server.send(request);
}

/** As the library calls it: without a body its member is there and undefined. */
type FetchOptions = Omit<RequestInit, "body"> & { body: BodyInit | null | undefined };

const viaServer = {
  [oauth.customFetch]: (url: string, { body = null, ...options }: FetchOptions) =>
    fetchInProcess(url, { ...options, body }),
};

async function discover() {
  const issuer = new URL(ISSUER);
  const response = await oauth.discoveryRequest(issuer, { algorithm: "oauth2", ...viaServer });
  return oauth.processDiscoveryResponse(issuer, response);
}

const algorithms = Object.entries(keys);
const token = { token_type: "bearer", expires_in: 3600, scope: "rooms:list rooms:create" };

/** What a client writes itself, as the documentation of the grant describes it. */
function signDelegation(): Promise<string> {
  return new SignJWT({})
    .setProtectedHeader({ alg: "ES256", kid: es256.clientKey.publicJwk.kid, typ: "JWT" })
    .setIssuer("calendar")
    .setSubject("alice@example.com")
    .setAudience(TOKEN_URL)
    .setIssuedAt()
    .setExpirationTime("1m")
    .setJti(crypto.randomUUID())
    .sign(es256.privateKey);
}

describe("oauth4webapi, as it comes", () => {
  it.each(algorithms)("gets a token with PrivateKeyJwt and %s", async (_alg, { privateKey, clientKey }) => {
    const as = await discover();
    const caller = { client_id: "calendar" };
    const authentication = oauth.PrivateKeyJwt({ key: privateKey, kid: clientKey.publicJwk.kid });
    const parameters = { scope: GOOD.scope };
    const response = await oauth.clientCredentialsGrantRequest(as, caller, authentication, parameters, viaServer);
    expect(await oauth.processClientCredentialsResponse(as, caller, response)).toMatchObject(token);
  });

  it("exchanges a signed delegation with its generic grant", async () => {
    const as = await discover();
    const caller = { client_id: "calendar" };
    const authentication = oauth.PrivateKeyJwt(es256.privateKey);
    const parameters = { assertion: await signDelegation() };
    const response = await oauth.genericTokenEndpointRequest(
      as,
      caller,
      authentication,
      JWT_BEARER_GRANT,
      parameters,
      viaServer,
    );
    expect(await oauth.processGenericTokenEndpointResponse(as, caller, response)).toMatchObject(token);
  });
});

/** A token request is always a form; anything else would be news. */
function toFormBody(body: openid.FetchBody): URLSearchParams | null {
  if (body === undefined || body === null) return null;
  if (body instanceof URLSearchParams) return body;
  throw new TypeError("a form was expected");
}

function configure({ privateKey, clientKey }: typeof es256) {
  const authentication = openid.PrivateKeyJwt({ key: privateKey, kid: clientKey.publicJwk.kid });
  return openid.discovery(new URL(ISSUER), "calendar", undefined, authentication, {
    algorithm: "oauth2",
    [openid.customFetch]: (url, init) => fetchInProcess(url, { ...init, body: toFormBody(init.body) }),
  });
}

describe("openid-client, as it comes", () => {
  it.each(algorithms)("gets a token with PrivateKeyJwt and %s", async (_alg, key) => {
    const config = await configure(key);
    expect(await openid.clientCredentialsGrant(config, { scope: GOOD.scope })).toMatchObject(token);
  });

  it("exchanges a signed delegation with its generic grant", async () => {
    const config = await configure(es256);
    const parameters = { assertion: await signDelegation() };
    expect(await openid.genericGrantRequest(config, JWT_BEARER_GRANT, parameters)).toMatchObject(token);
  });
});
