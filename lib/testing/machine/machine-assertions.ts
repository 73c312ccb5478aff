import { randomUUID } from "node:crypto";
import { toStoredJwk } from "@/lib/applications/authentication/application-key-projection";
import { database } from "@/lib/db/client";
import type { M2mApi } from "@/lib/machine/m2m-api";
import { CLIENT_ASSERTION_TYPE, CLIENT_AUTHENTICATION_METHODS, GRANT_TYPES } from "@/lib/oauth/client/client-metadata";
import { createClientKey, type TestClientKey } from "@/lib/oauth/testing/forge-assertion";
import { createTestClient, type TestClient } from "./machine-application";
import { type Answer, send } from "./machine-requests";

const TEST_ISSUER = "http://localhost:3000";
export const TEST_TOKEN_URL = `${TEST_ISSUER}/api/oauth/token`;

export type SigningClient = TestClient & { key: TestClientKey; keyId: string };

/** Stores an application that may do everything there is, with a secret and a live key. */
export async function createSigningClient(
  overrides: Parameters<typeof createTestClient>[0] = {},
): Promise<SigningClient> {
  const client = await createTestClient({
    grantTypes: [...GRANT_TYPES],
    tokenEndpointAuthMethods: [...CLIENT_AUTHENTICATION_METHODS],
    ...overrides,
  });
  const key = await createClientKey();
  return { ...client, key, keyId: await addTestKey(client, key) };
}

/** Registers a key, and returns the id of its row. */
export async function addTestKey({ id: applicationId }: { id: string }, key: TestClientKey): Promise<string> {
  const { publicJwk } = key.clientKey;
  const row = await database().applicationKey.create({
    data: { applicationId, kid: publicJwk.kid, publicJwk: toStoredJwk(publicJwk), thumbprint: key.thumbprint },
    select: { id: true },
  });
  return row.id;
}

type Signer = { clientId: string; key: TestClientKey };
type Claims = Record<string, unknown>;

/** A sound client assertion of this moment, but for the given claims. */
export function signClientAssertion({ clientId, key }: Signer, claims: Claims = {}): Promise<string> {
  return key.signClientAssertion({ payload: { ...freshClaims(clientId), sub: clientId, ...claims } });
}

/** A sound delegation of this moment for alice, but for the given claims. */
export function signDelegation({ clientId, key }: Signer, claims: Claims = {}): Promise<string> {
  return key.signGrantAssertion({ payload: { ...freshClaims(clientId), ...claims } });
}

function freshClaims(clientId: string): Claims {
  const iat = Math.floor(Date.now() / 1000);
  return { iss: clientId, aud: TEST_ISSUER, iat, exp: iat + 60, jti: randomUUID() };
}

/** Asks for a token with a client assertion and nothing else. */
export function askWithAssertion(
  machine: Pick<M2mApi, "tokenEndpoint">,
  assertion: string,
  { fields = {}, address }: { fields?: Record<string, string>; address?: string } = {},
): Promise<Answer> {
  const body = new URLSearchParams({
    grant_type: "client_credentials",
    scope: "alice@example.com",
    client_assertion_type: CLIENT_ASSERTION_TYPE,
    client_assertion: assertion,
    ...fields,
  });
  const request = new Request(TEST_TOKEN_URL, { method: "POST", body });
  return send((sent) => machine.tokenEndpoint(sent), request, address);
}
