import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { database, setDatabase } from "@/lib/db/client";
import { setConfig } from "@/lib/env/config";
import { createExternalRoute } from "@/lib/machine/external/external-route";
import { createM2mApi, type M2mApi } from "@/lib/machine/m2m-api";
import type { M2mPorts } from "@/lib/machine/m2m-ports";
import { metricsSnapshot, resetMetrics } from "@/lib/observability/metrics/metrics";
import { createTestDatabase, useTestDatabase } from "@/lib/testing/database/test-database";
import { errorUri } from "@/lib/testing/machine/error-uri";
import { createTestClient, type TestClient } from "@/lib/testing/machine/machine-application";
import {
  type Answer,
  callExternal,
  captureLog,
  memberOf,
  obtainToken,
  presentToken,
} from "@/lib/testing/machine/machine-requests";
import { testConfig } from "@/lib/testing/test-config";
import { revokeToken } from "@/lib/tokens/revoked-tokens";

const test = useTestDatabase();
let here: M2mApi;
let there: M2mApi;
let client: TestClient;
let log: ReturnType<typeof captureLog>;

beforeAll(async () => {
  setConfig(testConfig());
  client = await createTestClient();
});

// Two instances: each with its own memory, both on the same database.
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

function revoke(machine: M2mApi, token: string, by = client, fields: Record<string, string> = {}): Promise<Answer> {
  return presentToken(machine.revocationEndpoint, by, token, { fields });
}

async function use(machine: M2mApi, token: string): Promise<number> {
  const list = createExternalRoute(() => machine)({ scope: "rooms:list", run: async () => "listed" });
  return (await callExternal(list, { token })).status;
}

function claimsOf(token: string): { jti: string; sub: string; exp: number } {
  return JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
}

function auditEventsOf(jti: string) {
  return database().auditEvent.findMany({
    where: { action: "token.revoked", changes: { path: ["jti", "after"], equals: jti } },
  });
}

const EMPTY = {
  status: 200,
  headers: { "cache-control": "no-store", pragma: "no-cache", "x-content-type-options": "nosniff" },
  text: "",
  json: undefined,
};

describe("a token that its own application revokes", () => {
  // Conformance: V01
  it("is refused in the next request, on the instance that was told and on the other one", async () => {
    const token = await obtainToken(here, client);
    const bystander = await obtainToken(here, client);
    expect([await use(here, token), await use(there, token)]).toEqual([200, 200]);
    expect(await revoke(here, token)).toEqual(EMPTY);
    expect([await use(there, token), await use(here, token)]).toEqual([401, 401]);
    expect([await use(there, bystander), await use(here, bystander)]).toEqual([200, 200]);
  });

  // Conformance: V01
  it("leaves one trace: who, whose, which token, with which secret, in which request", async () => {
    const token = await obtainToken(here, client);
    await revoke(here, token);
    const { jti, sub } = claimsOf(token);
    const events = await auditEventsOf(jti);
    expect(events).toMatchObject([
      {
        actorKind: "application",
        actorId: client.id,
        targetKind: "person",
        targetId: sub,
        ip: "192.0.2.7",
        requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        changes: { jti: { before: null, after: jti }, credentialId: { before: null, after: client.secretId } },
      },
    ]);
    const line: unknown = JSON.parse(log.lines.find((text) => text.includes('"token_revoked"')) ?? "");
    expect(line).toMatchObject({ client_id: client.clientId, jti, request_id: events[0]?.requestId });
    expect((await metricsSnapshot()).vestibule_token_revoked_total).toBe(1);
  });

  // Conformance: V02
  it("can be revoked again, on any instance, with the same answer and without a second trace", async () => {
    const token = await obtainToken(here, client);
    for (const machine of [here, there, here]) expect(await revoke(machine, token)).toEqual(EMPTY);
    expect(await auditEventsOf(claimsOf(token).jti)).toHaveLength(1);
    expect((await metricsSnapshot())['vestibule_revocation_ignored_total{reason="already_revoked"}']).toBe(2);
  });

  // Conformance: V05
  it("is revoked whatever the hint says", async () => {
    const token = await obtainToken(here, client);
    expect(await revoke(here, token, client, { token_type_hint: "refresh_token" })).toEqual(EMPTY);
    expect(await use(here, token)).toBe(401);
  });

  it("is stored until it is over, and no longer", async () => {
    const token = await obtainToken(here, client);
    await revoke(here, token);
    const { jti, exp } = claimsOf(token);
    expect(await database().revokedToken.findUnique({ where: { jti } })).toMatchObject({
      applicationId: client.id,
      expiresAt: new Date(exp * 1000),
    });
  });
});

// Conformance: V02
describe("what is no token of ours", () => {
  it.each(["garbage", "a.b.c", "x".repeat(5_000)])(
    "is answered like a revoked one and stores nothing",
    async (token) => {
      const before = await database().revokedToken.count();
      expect(await revoke(here, token)).toEqual(EMPTY);
      expect(await database().revokedToken.count()).toBe(before);
    },
  );
});

// Conformance: V03
describe("a token of another application", () => {
  it("is refused, stays valid, and leaves no trace in the audit log", async () => {
    const rival = await createTestClient();
    const token = await obtainToken(here, client);
    const answer = await revoke(here, token, rival);
    const description = "The token was not issued to this client.";
    expect(answer).toMatchObject({ status: 400, headers: { "content-type": "application/json" } });
    expect(answer.json).toEqual({
      error: "invalid_grant",
      error_description: description,
      error_uri: errorUri("invalid_grant"),
      detail: description,
    });
    expect([await use(here, token), await use(there, token)]).toEqual([200, 200]);
    expect(await auditEventsOf(claimsOf(token).jti)).toEqual([]);
  });
});

// Conformance: V04
describe("somebody who cannot prove to be a client", () => {
  it("revokes nothing, and is slowed down together with guesses at the token endpoint", async () => {
    const token = await obtainToken(here, client);
    const wrong = { clientId: client.clientId, secret: "wrong" };
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 21; attempt += 1) {
      statuses.push((await presentToken(here.revocationEndpoint, wrong, token, { address: "198.51.100.9" })).status);
    }
    expect(statuses).toEqual([...Array.from({ length: 20 }, () => 401), 429]);
    const introspected = await presentToken(here.introspectionEndpoint, wrong, token, { address: "198.51.100.9" });
    expect([introspected.status, introspected.headers.ratelimit]).toEqual([429, expect.stringContaining("r=0")]);
    expect(await use(here, token)).toBe(200);
  });

  // Conformance: V04
  it("is a client whose application was switched off", async () => {
    const token = await obtainToken(here, client);
    await database().application.update({ where: { id: client.id }, data: { isActive: false } });
    const answer = await revoke(here, token);
    await database().application.update({ where: { id: client.id }, data: { isActive: true } });
    expect([answer.status, memberOf(answer.json, "error")]).toEqual([401, "invalid_client"]);
  });
});

describe("two instances that revoke the same tokens at the same time", () => {
  it("both say 200, one of them leaves the trace, and no use after either answer succeeds", async () => {
    let staleAccepts = 0;
    for (let trial = 0; trial < 25; trial += 1) {
      const token = await obtainToken(here, client);
      const answers = await Promise.all(
        [here, there, here, there].map(async (machine, index) => {
          const { status } = await revoke(machine, token);
          // The first use after each answer goes to the other instance.
          if ((await use(index % 2 === 0 ? there : here, token)) !== 401) staleAccepts += 1;
          return status;
        }),
      );
      expect(answers).toEqual([200, 200, 200, 200]);
      expect(await auditEventsOf(claimsOf(token).jti)).toHaveLength(1);
    }
    expect(staleAccepts).toBe(0);
  });
});

describe("FI-06 when the revocation cannot be stored", () => {
  const unavailable = "The server cannot answer now. Try again later.";
  const answer = {
    status: 503,
    headers: { "retry-after": "5", "cache-control": "no-store" },
    json: {
      error: "temporarily_unavailable",
      error_description: unavailable,
      error_uri: errorUri("temporarily_unavailable"),
      detail: unavailable,
    },
  };
  const failing = (store: M2mPorts["revokeToken"]) => createM2mApi(testConfig(), { revokeToken: store });

  it("says 503, never 200, and the token still works", async () => {
    const token = await obtainToken(here, client);
    const machine = failing(() => Promise.reject(new Error("disk full")));
    expect(await revoke(machine, token)).toMatchObject(answer);
    expect(await use(here, token)).toBe(200);
    expect((await metricsSnapshot())['vestibule_revocation_refused_total{reason="revocation_not_stored"}']).toBe(1);
  });

  it("says 503 when the database is lost, before or after the client was read", async () => {
    const token = await obtainToken(here, client);
    const lost = await createTestDatabase();
    await lost.close();
    setDatabase(lost.database);
    expect(await revoke(here, token)).toMatchObject(answer);
    setDatabase(test.database);
    const machine = failing(async (revocation) => {
      setDatabase(lost.database);
      return revokeToken(revocation);
    });
    expect(await revoke(machine, token)).toMatchObject(answer);
    setDatabase(test.database);
    expect(await use(here, token)).toBe(200);
  });

  it("stores neither the revocation nor its trace when the trace cannot be stored", async () => {
    const token = await obtainToken(here, client);
    const { jti } = claimsOf(token);
    await database()
      .$executeRaw`ALTER TABLE "audit_events" ADD CONSTRAINT "no_revocations" CHECK ("action" <> 'token.revoked') NOT VALID`;
    const refused = await revoke(here, token);
    await database().$executeRaw`ALTER TABLE "audit_events" DROP CONSTRAINT "no_revocations"`;
    expect(refused.status).toBe(503);
    expect(await database().revokedToken.findUnique({ where: { jti } })).toBeNull();
    expect((await revoke(here, token)).status).toBe(200);
    expect(await use(there, token)).toBe(401);
  });
});
