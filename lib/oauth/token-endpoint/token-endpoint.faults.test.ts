import { describe, expect, it } from "vitest";
import { JWT_BEARER_GRANT } from "../client/client-metadata";
import type { TokenEndpointDeps } from "../ports";
import { createClientKey } from "../testing/forge-assertion";
import {
  CALENDAR,
  CONTEXT,
  createTestServer,
  GOOD,
  readAnswer,
  refusalAnswer,
  tokenRequest,
} from "../testing/token-endpoint-doubles";
import { createTokenEndpoint } from "./token-endpoint";

const serverError = refusalAnswer(500, "server_error", "The server could not complete the request.");
const fault = new Error('relation "application" does not exist at 10.0.0.5:5432');

function fail(): never {
  throw fault;
}

const FAULTS: [string, Partial<TokenEndpointDeps>][] = [
  ["authenticateClient", { authenticateClient: () => Promise.reject(fault) }],
  ["resolveSubject", { resolveSubject: () => Promise.reject(fault) }],
  ["keyRing", { keyRing: () => Promise.reject(fault) }],
  ["onTokenIssued", { onTokenIssued: () => Promise.reject(fault) }],
  ["now", { now: fail }],
  ["randomId", { randomId: fail }],
];

describe("a port that fails", () => {
  it.each(FAULTS)("%s: no token, a generic answer, the cause for the log only", async (name, deps) => {
    const server = createTestServer({ deps });
    expect(await readAnswer(await server.send(tokenRequest(GOOD)))).toEqual(serverError);
    expect(server.issued).toEqual([]);
    expect(server.refused).toEqual([
      {
        code: "server_error",
        reason: "unexpected_error",
        ...(name === "authenticateClient" ? {} : { clientId: "calendar" }),
        cause: fault,
        context: CONTEXT,
      },
    ]);
  });

  it.each([
    ["readClientKeys", { readClientKeys: () => Promise.reject(fault) }],
    ["consumeAssertionId", { consumeAssertionId: () => Promise.reject(fault) }],
    ["resolveSubject", { resolveSubject: () => Promise.reject(fault) }],
  ] satisfies [string, Partial<TokenEndpointDeps>][])("%s: no token for a signed delegation", async (_name, deps) => {
    const key = await createClientKey();
    const client = { ...CALENDAR.client, grantTypes: [JWT_BEARER_GRANT] as const };
    const server = createTestServer({ applications: [{ ...CALENDAR, client, keys: [key.clientKey] }], deps });
    const fields = { grant_type: JWT_BEARER_GRANT, assertion: await key.signGrantAssertion() };
    expect(await readAnswer(await server.send(tokenRequest(fields)))).toEqual(serverError);
    expect(server.issued).toEqual([]);
  });

  it("answers server_error when even the report of a refusal fails", async () => {
    const server = createTestServer({ deps: { onTokenRefused: fail } });
    expect(await readAnswer(await server.send(tokenRequest({ ...GOOD, scope: "" })))).toEqual(serverError);
  });

  it.each([
    ["a person whose id is an address", { resolveSubject: async () => ({ id: "alice@example.com" }) }],
    ["a person without an id", { resolveSubject: async () => ({ id: "" }) }],
    ["a token id that can be guessed", { randomId: () => "1" }],
    [
      "a credential that is not a UUID",
      { authenticateClient: async () => ({ ...CALENDAR.client, credentialId: "1" }) },
    ],
    [
      "a negative credential version",
      { authenticateClient: async () => ({ ...CALENDAR.client, credentialVersion: -1 }) },
    ],
    [
      "an address among the scopes",
      {
        supportedScopes: ["a@b.example"],
        authenticateClient: async () => ({ ...CALENDAR.client, scopes: ["a@b.example"] }),
      },
    ],
  ] satisfies [string, Partial<TokenEndpointDeps>][])("refuses to sign %s", async (_title, deps) => {
    const server = createTestServer({ deps });
    expect(await readAnswer(await server.send(tokenRequest(GOOD)))).toEqual(serverError);
    expect(server.issued).toEqual([]);
  });

  it("waits for the trace before it answers", async () => {
    const order: string[] = [];
    const server = createTestServer({
      deps: {
        async onTokenIssued() {
          await Promise.resolve();
          order.push("recorded");
        },
      },
    });
    await server.send(tokenRequest(GOOD));
    order.push("answered");
    expect(order).toEqual(["recorded", "answered"]);
  });

  it.each(["line\nbreak", "tab\t", "é", "\0"])("refuses at start a realm that no header can carry", (realm) => {
    const { deps } = createTestServer();
    expect(() => createTokenEndpoint({ ...deps, realm })).toThrow(TypeError);
  });

  it("escapes quotation marks in the realm", async () => {
    const server = createTestServer({ deps: { realm: 'say "friend"' } });
    const response = await server.send(tokenRequest(GOOD, { headers: { Authorization: "Basic x" } }));
    expect(response.headers.get("www-authenticate")).toBe('Basic realm="say \\"friend\\""');
  });
});
