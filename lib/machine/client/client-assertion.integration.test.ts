import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { revokeApplicationKey } from "@/lib/applications/authentication/revoke-application-key";
import { setConfig } from "@/lib/env/config";
import { createExternalRoute } from "@/lib/machine/external/external-route";
import { ADDRESS_FLOOD, CLIENT_FAILURES } from "@/lib/machine/limits/failure-limits";
import { createM2mApi, type M2mApi } from "@/lib/machine/m2m-api";
import { ASSERTION_SENTENCES } from "@/lib/oauth/error-sentences";
import { metricsSnapshot, resetMetrics } from "@/lib/observability/metrics/metrics";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { activityOf } from "@/lib/testing/machine/activity-rows";
import { createTestClient } from "@/lib/testing/machine/machine-application";
import {
  addTestKey,
  askWithAssertion,
  createSigningClient,
  type SigningClient,
  signClientAssertion,
  TEST_TOKEN_URL,
} from "@/lib/testing/machine/machine-assertions";
import { askForToken, callExternal, captureLog, memberOf } from "@/lib/testing/machine/machine-requests";
import { createStaffActor } from "@/lib/testing/staff/staff-factory";
import { testConfig } from "@/lib/testing/test-config";
import { contextOf } from "@/lib/testing/verb-context";
import { findClientKeySet } from "./client-keys";
import { readClientRecords } from "./client-record";

const test = useTestDatabase();
let machine: M2mApi;
let elsewhere: M2mApi;
let client: SigningClient;

beforeAll(async () => {
  setConfig(testConfig());
  client = await createSigningClient();
});

// Two instances: each with its own memory, both on the same database.
beforeEach(() => {
  machine = createM2mApi(testConfig());
  elsewhere = createM2mApi(testConfig());
  resetMetrics();
});

function whoami() {
  return createExternalRoute(() => machine)({ scope: "rooms:list", run: async (_input, { actor }) => actor });
}

async function obtainToken(signer: SigningClient): Promise<string> {
  const answer = await askWithAssertion(machine, await signClientAssertion(signer));
  expect(answer.status).toBe(200);
  return String(memberOf(answer.json, "access_token"));
}

// Conformance: J01
describe("a token for a signature", () => {
  it("is what a token for a secret is, and costs no run of Argon2", async () => {
    const answer = await askWithAssertion(machine, await signClientAssertion(client));
    expect(answer).toMatchObject({
      status: 200,
      json: { token_type: "Bearer", expires_in: 3600, scope: "rooms:create rooms:list rooms:retrieve" },
    });
    expect(Object.keys(metricsSnapshot()).filter((name) => name.startsWith("vestibule_argon2"))).toEqual([]);
  });

  it("names the key in its trace, and notes its use", async () => {
    const own = await createSigningClient();
    await askWithAssertion(machine, await signClientAssertion(own), { address: "198.51.100.9" });
    await machine.settled();
    expect((await activityOf(own.id)).map((row) => row.credential_id)).toEqual([own.keyId]);
    const key = await test.database.applicationKey.findUniqueOrThrow({ where: { id: own.keyId } });
    expect(key).toMatchObject({ lastUsedAt: expect.any(Date), lastUsedIp: "198.51.100.9" });
    const application = await test.database.application.findUniqueOrThrow({ where: { id: own.id } });
    expect(application.lastUsedAt).toEqual(key.lastUsedAt);
  });

  it("stops with the next request once its key has ended, on every instance, while another key works on", async () => {
    const own = await createSigningClient();
    const spare = await createSigningClient();
    await addTestKey(own, spare.key);
    const token = await obtainToken(own);
    expect((await callExternal(whoami(), { token })).status).toBe(200);

    await revokeApplicationKey(contextOf(await createStaffActor()), { applicationId: own.id, keyId: own.keyId });
    expect((await callExternal(whoami(), { token })).status).toBe(401);
    for (const instance of [machine, elsewhere]) {
      expect((await askWithAssertion(instance, await signClientAssertion(own))).status).toBe(401);
    }
    const withSpare = { ...own, key: spare.key };
    expect((await askWithAssertion(elsewhere, await signClientAssertion(withSpare))).status).toBe(200);
  });

  it("does not stand on the key of another application, even with the same material", async () => {
    const own = await createSigningClient();
    const token = await obtainToken(own);
    const copy = await createTestClient();
    await addTestKey(copy, own.key);
    await test.database.applicationKey.delete({ where: { id: own.keyId } });
    expect((await callExternal(whoami(), { token })).status).toBe(401);
  });
});

// Conformance: J05
describe("an assertion that was used", () => {
  it("is one success out of twenty at the same time, over two instances", async () => {
    const assertion = await signClientAssertion(client);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        askWithAssertion(index % 2 === 0 ? machine : elsewhere, assertion, { address: `203.0.113.${index}` }),
      ),
    );
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([200, ...Array(19).fill(401)]);
  });

  it("stays used after a restart", async () => {
    const assertion = await signClientAssertion(client);
    expect((await askWithAssertion(machine, assertion)).status).toBe(200);
    expect((await askWithAssertion(createM2mApi(testConfig()), assertion)).status).toBe(401);
  });

  it("is told apart by application: the same id of another client is another assertion", async () => {
    const other = await createSigningClient();
    const jti = "one-and-the-same";
    expect((await askWithAssertion(machine, await signClientAssertion(client, { jti }))).status).toBe(200);
    expect((await askWithAssertion(machine, await signClientAssertion(other, { jti }))).status).toBe(200);
    expect((await askWithAssertion(machine, await signClientAssertion(other, { jti }))).status).toBe(401);
  });

  it("leaves nothing behind when it was not genuine", async () => {
    const before = await test.database.assertionJti.count();
    const { key } = await createSigningClient();
    await askWithAssertion(machine, await signClientAssertion({ ...client, key }));
    await askWithAssertion(machine, await signClientAssertion(client, { aud: TEST_TOKEN_URL }));
    expect(await test.database.assertionJti.count()).toBe(before);
  });
});

describe("a client that cannot prove itself", () => {
  // Conformance: N39
  it("gets one and the same answer for a secret in the body and for a signature, whatever is wrong", async () => {
    const wrongSecret = await askForToken(machine, { clientId: client.clientId, secret: "wrong" }, { method: "post" });
    const inactive = await createSigningClient({ isActive: false });
    const secretsOnly = await createSigningClient({ tokenEndpointAuthMethods: ["client_secret_basic"] });
    const ended = await createSigningClient();
    await test.database.applicationKey.update({ where: { id: ended.keyId }, data: { revokedAt: new Date() } });
    const stranger = await createSigningClient();
    const assertions: Record<string, string> = {
      "unknown client": await signClientAssertion({ ...client, clientId: "nobody" }),
      "key of another client": await signClientAssertion({ ...client, key: stranger.key }),
      "inactive client": await signClientAssertion(inactive),
      "method not allowed": await signClientAssertion(secretsOnly),
      "key that has ended": await signClientAssertion(ended),
      "a wrong claim under the key of another client": await signClientAssertion(
        { ...client, key: stranger.key },
        { aud: TEST_TOKEN_URL },
      ),
      "an inactive client under the key of another": await signClientAssertion({ ...inactive, key: stranger.key }),
      "no assertion at all": "x",
    };
    for (const [name, assertion] of Object.entries(assertions)) {
      expect({ name, ...(await askWithAssertion(machine, assertion, { address: "203.0.113.50" })) }).toEqual({
        name,
        ...wrongSecret,
      });
    }
  });

  // Conformance: J14
  it("is told which claim is wrong once it has signed, and not while it is inactive", async () => {
    const inactive = await createSigningClient({ isActive: false });
    const wrong = { aud: TEST_TOKEN_URL };
    const told = await askWithAssertion(machine, await signClientAssertion(client, wrong));
    expect(memberOf(told.json, "error_description")).toBe(ASSERTION_SENTENCES.claim_aud);
    const untold = await askWithAssertion(machine, await signClientAssertion(inactive, wrong));
    expect(memberOf(untold.json, "error_description")).toBe("Invalid credentials");
  });

  it("is asked whether it is active only after its signature, which the log shows", async () => {
    const log = captureLog();
    const inactive = await createSigningClient({ isActive: false });
    const { key } = await createSigningClient();
    await askWithAssertion(machine, await signClientAssertion({ ...inactive, key }));
    await askWithAssertion(machine, await signClientAssertion(inactive));
    log.stop();
    const reasons = log.lines.map((line) => memberOf(JSON.parse(line), "reason"));
    expect(reasons).toEqual(["unknown_key", "inactive_client"]);
  });

  it("costs one look for keys and one check of a signature, whoever it is and whatever is wrong", async () => {
    const asked: string[] = [];
    const counting = createM2mApi(testConfig(), {
      findClientKeySet(applicationId) {
        asked.push(applicationId);
        return findClientKeySet(applicationId);
      },
    });
    const verify = vi.spyOn(crypto.subtle, "verify");
    const stranger = await createSigningClient();
    const keyless = await createSigningClient();
    await test.database.applicationKey.delete({ where: { id: keyless.keyId } });
    const inactive = await createSigningClient({ isActive: false });
    const { kid } = client.key.clientKey.publicJwk;
    const forgers: Record<string, string> = {
      "unknown client": await signClientAssertion({ clientId: "nobody", key: stranger.key }),
      "client without keys": await signClientAssertion(keyless),
      "inactive client": await signClientAssertion({ ...inactive, key: stranger.key }),
      "unknown kid": await signClientAssertion({ ...client, key: stranger.key }),
      "kid of a key that is there": await stranger.key.signClientAssertion({
        header: { kid },
        payload: { iss: client.clientId, sub: client.clientId },
      }),
    };
    for (const [name, assertion] of Object.entries(forgers)) {
      verify.mockClear();
      asked.length = 0;
      const { status } = await askWithAssertion(counting, assertion, { address: "203.0.113.60" });
      expect({ name, status, looks: asked.length, checks: verify.mock.calls.length }).toEqual({
        name,
        status: 401,
        looks: 1,
        checks: 1,
      });
    }
    verify.mockRestore();
  });

  it("is refused before anything is read when a flood of failures comes from its address", async () => {
    const asked: string[] = [];
    const flooded = createM2mApi(testConfig(), {
      async readClients(questions, now) {
        asked.push(...questions.map(({ clientId }) => clientId));
        return readClientRecords(questions, now);
      },
    });
    const address = "198.51.100.99";
    const guess = { clientId: client.clientId, secret: "wrong" };
    for (let count = 0; count < ADDRESS_FLOOD; count += 1) await askForToken(flooded, guess, { address });
    expect(asked).toEqual([]);
    const answer = await askWithAssertion(flooded, await signClientAssertion(client), { address });
    expect(answer).toMatchObject({ status: 429, json: { error: "temporarily_unavailable" } });
    expect(Number(answer.headers["retry-after"])).toBeGreaterThan(0);
    expect(asked).toEqual([]);
    expect((await askForToken(flooded, client, { address })).status).toBe(200);
    expect((await askWithAssertion(flooded, await signClientAssertion(client))).status).toBe(200);
  });

  it("gets that answer also for a right secret that it may not use", async () => {
    const log = captureLog();
    const keysOnly = await createSigningClient({ tokenEndpointAuthMethods: ["private_key_jwt"] });
    for (const method of ["basic", "post"] as const) {
      const wrongSecret = await askForToken(machine, { clientId: client.clientId, secret: "wrong" }, { method });
      expect(await askForToken(machine, keysOnly, { method })).toEqual(wrongSecret);
    }
    const basicOnly = await createSigningClient({ tokenEndpointAuthMethods: ["client_secret_basic"] });
    expect((await askForToken(machine, basicOnly, { method: "basic" })).status).toBe(200);
    expect((await askForToken(machine, basicOnly, { method: "post" })).status).toBe(401);
    log.stop();
    expect(log.lines.join("")).toContain('"reason":"method_not_allowed"');
  });

  // Conformance: N15
  it("is slowed down, and does not lock out who can", async () => {
    const address = "198.51.100.77";
    const forged = async () => signClientAssertion({ ...client, key: (await createSigningClient()).key });
    const assertion = await forged();
    for (let attempt = 0; attempt < CLIENT_FAILURES.quota; attempt += 1) {
      expect((await askWithAssertion(machine, assertion, { address })).status).toBe(401);
    }
    const limited = await askWithAssertion(machine, assertion, { address });
    expect(limited).toMatchObject({ status: 429, json: { error: "temporarily_unavailable" } });
    expect(limited.headers["retry-after"]).toMatch(/^\d+$/);
    expect((await askWithAssertion(machine, await signClientAssertion(client), { address })).status).toBe(200);
  });

  it("leaves its assertion out of the log and the database", async () => {
    // What requests before this one left behind is told in a line of its own, once.
    await machine.settled();
    const log = captureLog();
    const [, payload = "-", signature = "-"] = (await signClientAssertion(client, { aud: "x" })).split(".");
    await askWithAssertion(machine, `${payload}.${payload}.${signature}`);
    const good = await signClientAssertion(client);
    await askWithAssertion(machine, good);
    log.stop();
    expect(log.lines).toHaveLength(2);
    for (const part of [payload, signature, ...good.split(".")]) expect(log.lines.join("")).not.toContain(part);
  });
});

describe("the life of a token", () => {
  it.each([60, 3600])("is %d seconds where staff chose that, for secrets and signatures alike", async (seconds) => {
    const own = await createSigningClient({ tokenTtlSeconds: seconds });
    const answers = [await askForToken(machine, own), await askWithAssertion(machine, await signClientAssertion(own))];
    for (const { json } of answers) {
      const token = String(memberOf(json, "access_token"));
      const payload: unknown = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
      expect(memberOf(json, "expires_in")).toBe(seconds);
      expect(Number(memberOf(payload, "exp")) - Number(memberOf(payload, "iat"))).toBe(seconds);
    }
  });
});
