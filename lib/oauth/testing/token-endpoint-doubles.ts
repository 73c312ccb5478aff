import type { ClientKey } from "../client/assertion";
import { verifyClientAssertion } from "../client/client-assertion";
import type { ClientAuthenticationMethod } from "../client/client-metadata";
import { subjectRefused } from "../delegation-rules";
import { type EndpointResponse, toWebResponse } from "../http/endpoint-response";
import { generateSigningKey, importKeyRing, type KeyRing } from "../jose/signing-key";
import { OAuthError } from "../oauth-error";
import type {
  AuthenticatedClient,
  RefusedRequest,
  TokenEndpointDeps,
  TokenIssuedEvent,
  TokenRequestContext,
} from "../ports";
import { createTokenEndpoint } from "../token-endpoint/token-endpoint";

export const ISSUER = "https://portal.example";
export const AUDIENCE = "https://portal.example/api/external/rooms";
export const TOKEN_URL = "https://portal.example/api/oauth/token";
export const NOW = new Date("2026-11-23T12:00:00.400Z");
export const NOW_SECONDS = Math.floor(NOW.getTime() / 1000);
export const ALICE_ID = "0193575a-0000-7000-8000-00000000a11c";
export const SUPPORTED_SCOPES = ["rooms:list", "rooms:retrieve", "rooms:create", "rooms:update", "rooms:delete"];
export const CONTEXT: TokenRequestContext = { clientAddress: "192.0.2.7", requestId: "req-1" };

/** One row of the in-memory application table. */
export type TestApplication = {
  client: AuthenticatedClient;
  secret: string;
  isActive: boolean;
  keys?: readonly ClientKey[] | undefined;
  /** Every method, unless told otherwise. */
  methods?: readonly ClientAuthenticationMethod[];
};

/** The application that every test starts from: list and create, any domain. The secret needs form-encoding. */
export const CALENDAR: TestApplication = {
  client: {
    clientId: "calendar",
    applicationId: "0193575a-0000-7000-8000-0000000000a1",
    credentialId: "0193575a-0000-7000-8000-0000000000c1",
    method: "client_secret_basic",
    grantTypes: ["client_credentials"],
    credentialVersion: 3,
    scopes: ["rooms:create", "rooms:list"],
    allowedDomains: "any",
    accessTokenTtlSeconds: 3600,
    secretEndsAt: null,
  },
  secret: "m:ore+ of%it",
  isActive: true,
};

let sharedRing: Promise<KeyRing> | undefined;

/** One ES256 ring for all tests of a file: making keys is the slow part. */
export function testKeyRing(): Promise<KeyRing> {
  sharedRing ??= generateSigningKey().then((jwk) => importKeyRing({ keys: [jwk] }));
  return sharedRing;
}

type Identity = { clientId: string };

/**
 * A token endpoint over tables in memory. Every port does what its contract says: the client table compares the
 * secret, the people table knows `alice@example.com` and refuses `staff@example.com`, events are kept in order.
 */
export function createTestServer(
  options: { applications?: readonly TestApplication[]; deps?: Partial<TokenEndpointDeps> } = {},
) {
  const applications = options.applications ?? [CALENDAR];
  const issued: TokenIssuedEvent[] = [];
  const refused: RefusedRequest[] = [];
  const usedAssertions = new Set<string>();
  const find = ({ clientId }: Identity) => applications.find((entry) => entry.client.clientId === clientId);
  const readClientKeys = async (client: Identity) => find(client)?.keys ?? [];
  async function consumeAssertionId({ clientId, jti }: Identity & { jti: string }) {
    const entry = JSON.stringify([clientId, jti]);
    return !usedAssertions.has(entry) && usedAssertions.add(entry).has(entry);
  }
  let ids = 0;
  const deps: TokenEndpointDeps = {
    issuer: ISSUER,
    tokenEndpoint: TOKEN_URL,
    audience: AUDIENCE,
    realm: "token",
    supportedScopes: SUPPORTED_SCOPES,
    keyRing: testKeyRing,
    async authenticateClient(credentials) {
      const found = find(credentials);
      const { method } = credentials;
      function requireAdmitted({ methods = [method] }: TestApplication): void {
        if (!methods.includes(method)) throw new OAuthError("invalid_client", { reason: "method_not_allowed" });
      }
      if (credentials.method === "private_key_jwt") {
        const { client, key } = await verifyClientAssertion(credentials, {
          issuer: ISSUER,
          now: deps.now,
          readClient: async () => ({ client: found ?? null, keys: found?.keys ?? [] }),
          requireAdmitted,
          consumeAssertionId: (application, use) => consumeAssertionId({ ...application.client, ...use }),
        });
        return { ...client.client, method, credentialId: key.id };
      }
      if (found === undefined) throw new OAuthError("invalid_client", { reason: "unknown_client" });
      requireAdmitted(found);
      if (found.secret !== credentials.clientSecret) {
        throw new OAuthError("invalid_client", { reason: "secret_not_live" });
      }
      if (!found.isActive) throw new OAuthError("invalid_client", { reason: "inactive_client" });
      return { ...found.client, method };
    },
    readClientKeys,
    consumeAssertionId,
    async resolveSubject(email) {
      if (email.local === "staff") throw subjectRefused("subject_is_staff", "staff accounts cannot be acted for");
      if (email.local === "nobody") throw subjectRefused("subject_unknown");
      return { id: ALICE_ID };
    },
    async onTokenIssued(event) {
      issued.push(event);
    },
    onTokenRefused(event) {
      refused.push(event);
    },
    now: () => NOW,
    randomId() {
      ids += 1;
      return `token-id-${String(ids).padStart(18, "0")}`;
    },
    ...options.deps,
  };
  const endpoint = createTokenEndpoint(deps);
  return {
    deps,
    issued,
    refused,
    send: async (request: Request) => toWebResponse(await endpoint(request, CONTEXT)),
  };
}

/** `Authorization: Basic` as RFC 6749 §2.3.1 wants it: both halves form-encoded, then base64. */
export function basic(clientId: string, clientSecret: string): string {
  return `Basic ${btoa(`${formEncode(clientId)}:${formEncode(clientSecret)}`)}`;
}

/** A form POST with the right Basic credentials, unless told otherwise. An `undefined` header is left out. */
export function tokenRequest(
  fields: Record<string, string> | string,
  options: { url?: string; headers?: Record<string, string | undefined> } = {},
): Request {
  const headers = new Headers();
  const wanted: Record<string, string | undefined> = {
    Authorization: basic(CALENDAR.client.clientId, CALENDAR.secret),
    "Content-Type": "application/x-www-form-urlencoded",
    ...options.headers,
  };
  for (const [name, value] of Object.entries(wanted)) if (value !== undefined) headers.set(name, value);
  const body = new TextEncoder().encode(typeof fields === "string" ? fields : new URLSearchParams(fields).toString());
  return new Request(options.url ?? TOKEN_URL, { method: "POST", headers, body });
}

/** The parameters of a request that succeeds. */
export const GOOD = { grant_type: "client_credentials", scope: "alice@example.com" };

/** Credentials for the body, and no header. */
export const BODY_CREDENTIALS = { client_id: CALENDAR.client.clientId, client_secret: CALENDAR.secret };
export const NO_HEADER = { headers: { Authorization: undefined } };

/** A whole answer as data, so that one assertion covers all of it. */
export async function readAnswer(answered: Response | EndpointResponse) {
  const response = answered instanceof Response ? answered : toWebResponse(answered);
  const text = await response.text();
  const body: unknown = text === "" ? null : JSON.parse(text);
  return { status: response.status, headers: Object.fromEntries(response.headers), body };
}

const JSON_HEADERS = {
  "cache-control": "no-store",
  "content-type": "application/json",
  pragma: "no-cache",
  "x-content-type-options": "nosniff",
};

/** The whole answer that a refusal must be. */
export function refusalAnswer(
  status: number,
  error: string,
  description: string,
  headers: Record<string, string> = {},
) {
  return {
    status,
    headers: { ...JSON_HEADERS, ...headers },
    body: { error, error_description: description, detail: description },
  };
}

/** The whole answer to a failed client authentication: one and the same for every cause. */
export const INVALID_CLIENT_ANSWER = refusalAnswer(401, "invalid_client", "Invalid credentials");

/** The same to a client that used the `Authorization` header. */
export const CHALLENGED_CLIENT_ANSWER = refusalAnswer(401, "invalid_client", "Invalid credentials", {
  "www-authenticate": 'Basic realm="token"',
});

/** Which of the two a request must get when its client fails to authenticate. */
export function failedAuthenticationOf(request: Request) {
  return request.headers.get("authorization") ? CHALLENGED_CLIENT_ANSWER : INVALID_CLIENT_ANSWER;
}

/** The whole successful answer, with any token in it. */
export function successAnswer(accessToken: unknown, scope: string, expiresIn = 3600) {
  return {
    status: 200,
    headers: JSON_HEADERS,
    body: { access_token: accessToken, token_type: "Bearer", expires_in: expiresIn, scope },
  };
}

function formEncode(text: string): string {
  return new URLSearchParams({ x: text }).toString().slice(2);
}
