import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { database, setDatabase } from "@/lib/db/client";
import { setConfig } from "@/lib/env/config";
import { readAuthorities } from "@/lib/machine/authority/read-authorities";
import { createExternalRoute } from "@/lib/machine/external/external-route";
import { createM2mApi, type M2mApi } from "@/lib/machine/m2m-api";
import { metricsSnapshot, resetMetrics } from "@/lib/observability/metrics/metrics";
import { createTestDatabase, useTestDatabase } from "@/lib/testing/database/test-database";
import { errorUri } from "@/lib/testing/machine/error-uri";
import { addTestSecret, createTestClient, type TestClient } from "@/lib/testing/machine/machine-application";
import {
  type Answer,
  callExternal,
  captureLog,
  obtainToken,
  presentToken,
} from "@/lib/testing/machine/machine-requests";
import { createStaffMember } from "@/lib/testing/staff/staff-factory";
import { testConfig } from "@/lib/testing/test-config";

const test = useTestDatabase();
let here: M2mApi;
let there: M2mApi;
let log: ReturnType<typeof captureLog>;

beforeAll(() => setConfig(testConfig()));

beforeEach(() => {
  here = createM2mApi(testConfig());
  there = createM2mApi(testConfig());
  resetMetrics();
  log = captureLog();
});

afterEach(() => {
  log.stop();
  setDatabase(test.database);
});

function introspect(machine: M2mApi, token: string, by: { clientId: string; secret: string }): Promise<Answer> {
  return presentToken(machine.introspectionEndpoint, by, token);
}

function claimsOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
}

const JSON_HEADERS = {
  "cache-control": "no-store",
  "content-type": "application/json",
  pragma: "no-cache",
  "x-content-type-options": "nosniff",
};
const INACTIVE = { status: 200, headers: JSON_HEADERS, text: '{"active":false}', json: { active: false } };

// Conformance: I02
describe("an active token of the application's own", () => {
  it("is described as it is, on any instance", async () => {
    const client = await createTestClient();
    const token = await obtainToken(here, client);
    const { sub, iat, exp, jti } = claimsOf(token);
    const answer = await introspect(there, token, client);
    expect(answer).toMatchObject({ status: 200, headers: JSON_HEADERS });
    expect(answer.json).toEqual({
      active: true,
      scope: "rooms:create rooms:list rooms:retrieve",
      client_id: client.clientId,
      username: "alice@example.com",
      sub,
      aud: "http://localhost:3000/api/external/rooms",
      iss: "http://localhost:3000",
      exp,
      iat,
      jti,
      token_type: "Bearer",
    });
    expect((await metricsSnapshot())['vestibule_token_introspected_total{active="true"}']).toBe(1);
  });

  it("loses a scope with its application", async () => {
    const client = await createTestClient();
    const token = await obtainToken(here, client);
    await database().application.update({ where: { id: client.id }, data: { scopes: ["rooms:list"] } });
    expect((await introspect(there, token, client)).json).toMatchObject({ active: true, scope: "rooms:list" });
  });
});

type Change = (token: { client: TestClient; personId: string; jti: string; token: string }) => Promise<unknown>;
const changes: Record<string, { change: Change; reason: string }> = {
  "it was revoked": {
    change: ({ token, client }) => presentToken(there.revocationEndpoint, client, token),
    reason: "token_revoked",
  },
  "all tokens of its application were revoked": {
    change: ({ client }) =>
      database().application.update({ where: { id: client.id }, data: { credentialVersion: { increment: 1 } } }),
    reason: "credential_version_differs",
  },
  "the person was switched off": {
    change: ({ personId }) => database().person.update({ where: { id: personId }, data: { isActive: false } }),
    reason: "person_inactive",
  },
  "the person may no longer be acted for": {
    change: ({ personId }) =>
      database().person.update({ where: { id: personId }, data: { isDelegationAllowed: false } }),
    reason: "person_opted_out",
  },
  "the person joined the staff": {
    change: async ({ personId }) => {
      const { email } = await database().person.findUniqueOrThrow({ where: { id: personId } });
      await createStaffMember({ email, passwordHash: null });
    },
    reason: "person_is_staff",
  },
  "the person is gone": {
    change: ({ personId }) => database().person.delete({ where: { id: personId } }),
    reason: "person_unknown",
  },
  "the application was limited to another domain": {
    change: ({ client }) =>
      database().applicationDomain.create({ data: { applicationId: client.id, domain: "elsewhere.example" } }),
    reason: "domain_not_allowed",
  },
};

// Conformance: I03
describe("a token of the application's own is only {active:false} once", () => {
  it.each(Object.entries(changes))("%s, exactly as the external API refuses it", async (name, { change, reason }) => {
    const client = await createTestClient();
    const scope = `${name.replaceAll(/\W+/g, "-")}@example.com`;
    const token = await obtainToken(here, client, { fields: { scope } });
    expect((await introspect(there, token, client)).json).toMatchObject({ active: true });
    const { sub, jti } = claimsOf(token);
    await change({ client, token, personId: String(sub), jti: String(jti) });
    expect(await introspect(there, token, client)).toEqual(INACTIVE);
    expect(log.lines.at(-1)).toContain(`"reason":"${reason}"`);
    const list = createExternalRoute(() => there)({ scope: "rooms:list", run: async () => "listed" });
    expect((await callExternal(list, { token })).status).toBe(401);
  });

  it("the secret that obtained it was ended, asked with another secret", async () => {
    const client = await createTestClient();
    const token = await obtainToken(here, client);
    const successor = { ...client, ...(await addTestSecret(client)) };
    expect((await introspect(there, token, successor)).json).toMatchObject({ active: true });
    await database().applicationSecret.update({ where: { id: client.secretId }, data: { revokedAt: new Date() } });
    expect(await introspect(there, token, successor)).toEqual(INACTIVE);
  });

  it("the time has come", async () => {
    const client = await createTestClient();
    const token = await obtainToken(here, client);
    const later = createM2mApi(testConfig(), { now: () => new Date(Date.now() + 3_700_000) });
    expect(await introspect(later, token, client)).toEqual(INACTIVE);
  });
});

// Conformance: I03
describe("what is not the application's own", () => {
  it("is {active:false} though it is a live token of another application", async () => {
    const [owner, rival] = [await createTestClient(), await createTestClient()];
    const token = await obtainToken(here, owner);
    expect(await introspect(here, token, rival)).toEqual(INACTIVE);
    expect((await introspect(here, token, owner)).json).toMatchObject({ active: true });
  });

  it("is garbage", async () => {
    const client = await createTestClient();
    for (const token of ["garbage", "a.b.c", "x".repeat(5_000)]) {
      expect(await introspect(here, token, client)).toEqual(INACTIVE);
    }
  });
});

// Conformance: I01
describe("somebody who cannot prove to be a client", () => {
  it("is refused, and an application that was switched off cannot ask about its own tokens", async () => {
    const client = await createTestClient();
    const token = await obtainToken(here, client);
    const refused = await introspect(here, token, { clientId: client.clientId, secret: "wrong" });
    expect([refused.status, refused.text]).toEqual([
      401,
      `{"error":"invalid_client","error_description":"Invalid credentials","error_uri":"${errorUri("invalid_client")}","detail":"Invalid credentials"}`,
    ]);
    await database().application.update({ where: { id: client.id }, data: { isActive: false } });
    expect(await introspect(here, token, client)).toMatchObject({ status: 401, text: refused.text });
  });
});

describe("when the database is gone", () => {
  it("a token is called neither active nor inactive", async () => {
    const client = await createTestClient();
    const token = await obtainToken(here, client);
    const lost = await createTestDatabase();
    await lost.close();
    const machine = createM2mApi(testConfig(), {
      readAuthorities: async (tokens) => {
        setDatabase(lost.database);
        return readAuthorities(tokens);
      },
    });
    expect(await introspect(machine, token, client)).toMatchObject({
      status: 503,
      headers: { "retry-after": "5" },
      json: { error: "temporarily_unavailable" },
    });
  });
});
