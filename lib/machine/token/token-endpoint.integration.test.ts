import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createApplication } from "@/lib/applications/create-application";
import { setConfig } from "@/lib/env/config";
import { createM2mApi, type M2mApi } from "@/lib/machine/m2m-api";
import { metricsSnapshot, resetMetrics } from "@/lib/observability/metrics/metrics";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { activityOf } from "@/lib/testing/machine/activity-rows";
import { errorUri } from "@/lib/testing/machine/error-uri";
import {
  addTestSecret,
  createTestClient,
  makeUnknownSecret,
  type TestClient,
} from "@/lib/testing/machine/machine-application";
import { askForToken, memberOf } from "@/lib/testing/machine/machine-requests";
import { auditEventsAbout, createStaffActor } from "@/lib/testing/staff/staff-factory";
import { testConfig } from "@/lib/testing/test-config";
import { contextOf } from "@/lib/testing/verb-context";

const test = useTestDatabase();
let machine: M2mApi;
let client: TestClient;

beforeAll(async () => {
  setConfig(testConfig());
  client = await createTestClient();
});

beforeEach(() => {
  machine = createM2mApi(testConfig());
  resetMetrics();
});

const REFUSED = {
  error: "invalid_client",
  error_description: "Invalid credentials",
  error_uri: errorUri("invalid_client"),
  detail: "Invalid credentials",
};

async function argon2Runs(): Promise<number> {
  const numbers = await metricsSnapshot();
  return (
    (numbers['vestibule_argon2_verify_total{result="match"}'] ?? 0) +
    (numbers['vestibule_argon2_verify_total{result="mismatch"}'] ?? 0)
  );
}

describe("a token that is given", () => {
  it.each(["basic", "post"] as const)(
    "answers exactly what RFC 6749 asks for, with client_secret_%s",
    async (method) => {
      const answer = await askForToken(machine, client, { method });
      expect(answer).toMatchObject({
        status: 200,
        json: {
          access_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
          token_type: "Bearer",
          expires_in: 3600,
          scope: "rooms:create rooms:list rooms:retrieve",
        },
      });
      expect(answer.headers).toEqual({
        "cache-control": "no-store",
        "content-type": "application/json",
        pragma: "no-cache",
        "x-content-type-options": "nosniff",
      });
    },
  );

  it("is given for the secret that the portal hands out with a new application", async () => {
    const made = await createApplication(contextOf(await createStaffActor()), {
      name: "Portal",
      description: "",
      ownerContact: "",
      scopes: ["rooms:list"],
      domainPolicy: "any",
      domains: [],
    });
    const answer = await askForToken(machine, { clientId: made.clientId, secret: made.clientSecret });
    expect([answer.status, memberOf(answer.json, "scope")]).toEqual([200, "rooms:list"]);
  });

  it("lives as long as the application says, and no longer than an hour", async () => {
    const short = await createTestClient({ tokenTtlSeconds: 120 });
    expect(memberOf((await askForToken(machine, short)).json, "expires_in")).toBe(120);
  });

  // Conformance: N32
  it("carries an empty scope for an application without scopes", async () => {
    const bare = await createTestClient({ scopes: [] });
    const answer = await askForToken(machine, bare);
    expect([answer.status, memberOf(answer.json, "scope")]).toEqual([200, ""]);
  });

  it("leaves a row that names application, person, secret and token before it is answered, and no audit event", async () => {
    const other = await createTestClient();
    await askForToken(machine, other, { fields: { scope: "audit@example.com rooms:list" } });
    const person = await test.database.person.findUniqueOrThrow({ where: { email: "audit@example.com" } });
    expect(await activityOf(other.id)).toEqual([
      {
        at: expect.any(Date),
        request_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        kind: "tokens",
        method: "POST",
        path: "/api/oauth/token",
        status: 200,
        reason: null,
        application_id: other.id,
        client_id: null,
        is_proven: true,
        credential_id: other.secretId,
        person_id: person.id,
        room_id: null,
        domain: null,
        scopes: ["rooms:list"],
        jti: expect.stringMatching(/^[\w-]{22,}$/),
        ip: "192.0.2.7",
        duration_us: expect.any(Number),
        requests: 1,
      },
    ]);
    const about = await auditEventsAbout(person.id);
    expect(about.map(({ action }) => action)).toEqual(["person.created"]);
  });

  it("is given for each of several live secrets, and names the one that was used", async () => {
    const other = await createTestClient();
    const second = await addTestSecret(other);
    await askForToken(machine, { ...other, secret: second.secret });
    await askForToken(machine, other);
    const used = await activityOf(other.id);
    expect(used.map((row) => row.credential_id)).toEqual([second.secretId, other.secretId]);
  });

  it("notes when and from where the secret was used, without touching the date of the last edit", async () => {
    const other = await createTestClient();
    const before = await test.database.application.findUniqueOrThrow({ where: { id: other.id } });
    await askForToken(machine, other, { address: "198.51.100.9" });
    await machine.settled();
    const after = await test.database.application.findUniqueOrThrow({
      where: { id: other.id },
      include: { secrets: { select: { lastUsedAt: true, lastUsedIp: true } } },
    });
    expect(after.secrets).toEqual([{ lastUsedAt: expect.any(Date), lastUsedIp: "198.51.100.9" }]);
    expect(after.lastUsedAt).toEqual(after.secrets[0]?.lastUsedAt);
    expect(after.updatedAt).toEqual(before.updatedAt);
  });
});

describe("the cost of a request", () => {
  it("is no run of Argon2 for 300 forged secrets (T1)", async () => {
    // The ten thousand are counted at the verifier itself, in lib/secrets; here they would mostly measure the request.
    const shape = /(.{22})$/;
    for (let index = 0; index < 300; index += 1) {
      const tag = index.toString(36).padStart(22, "x");
      const answer = await askForToken(
        machine,
        { clientId: client.clientId, secret: client.secret.replace(shape, tag) },
        { address: `2001:db8:${(index >> 4).toString(16)}::1` },
      );
      if (answer.status !== 401) expect(answer).toMatchObject({ status: 401 });
    }
    expect(await argon2Runs()).toBe(0);
    expect((await metricsSnapshot()).vestibule_secret_tag_reject_total).toBe(300);
  });

  it("is one run of Argon2 for a secret, however often it is used (T2)", async () => {
    for (let index = 0; index < 5; index += 1) await askForToken(machine, client);
    expect(await argon2Runs()).toBe(1);
    expect((await metricsSnapshot())['vestibule_verified_cache_hit_total{kind="positive"}']).toBe(4);
  });

  it("is one run of Argon2 for 20 first requests at once", async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => askForToken(machine, client)));
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
    expect(await argon2Runs()).toBe(1);
  });
});

describe("a client that cannot prove itself", () => {
  // Conformance: N39
  it("gets one and the same answer, whatever is wrong", async () => {
    const inactive = await createTestClient({ isActive: false });
    const deleted = await createTestClient();
    await test.database.application.delete({ where: { id: deleted.id } });
    const ended = await createTestClient();
    await test.database.applicationSecret.update({ where: { id: ended.secretId }, data: { revokedAt: new Date() } });
    const expired = await createTestClient();
    await test.database.applicationSecret.update({ where: { id: expired.secretId }, data: { expiresAt: new Date() } });

    const cases: Record<string, { clientId: string; secret: string }> = {
      "unknown client": { clientId: "nobody", secret: client.secret },
      "wrong secret": { clientId: client.clientId, secret: "wrong" },
      "secret of another client": { clientId: client.clientId, secret: inactive.secret },
      "secret that was never stored": { clientId: client.clientId, secret: makeUnknownSecret(client.clientId) },
      inactive,
      deleted,
      ended,
      expired,
    };
    for (const [name, credentials] of Object.entries(cases)) {
      for (const method of ["basic", "post"] as const) {
        const answer = await askForToken(machine, credentials, { method, address: "203.0.113.50" });
        expect({ name, ...answer }).toEqual({
          name,
          status: 401,
          text: JSON.stringify(REFUSED),
          json: REFUSED,
          headers: {
            "cache-control": "no-store",
            "content-type": "application/json",
            pragma: "no-cache",
            "x-content-type-options": "nosniff",
            // RFC 6749 §5.2: for a client that used the header. In the others nothing may stand before the error.
            ...(method === "basic" ? { "www-authenticate": 'Basic realm="vestibule"' } : {}),
          },
        });
      }
    }
  });

  it("is refused with the stored hash itself as secret (T5)", async () => {
    const [row] = await test.database.$queryRaw<{ hash: string }[]>`
      SELECT "hash" FROM "application_secrets" WHERE "id" = ${client.secretId}::uuid`;
    const answer = await askForToken(machine, { clientId: client.clientId, secret: row?.hash ?? "" });
    expect([answer.status, await argon2Runs()]).toEqual([401, 0]);
  });

  it("is refused with a part of the secret (T6)", async () => {
    for (const length of [70, 48, 12]) {
      const answer = await askForToken(machine, { clientId: client.clientId, secret: client.secret.slice(0, length) });
      expect(answer.status).toBe(401);
    }
    expect(await argon2Runs()).toBe(0);
  });

  it("leaves no audit event and no trace of use", async () => {
    const other = await createTestClient();
    await askForToken(machine, { clientId: other.clientId, secret: "wrong" });
    await machine.settled();
    expect(await test.database.auditEvent.count({ where: { actorId: other.id } })).toBe(0);
    const { lastUsedAt } = await test.database.application.findUniqueOrThrow({ where: { id: other.id } });
    expect(lastUsedAt).toBeNull();
  });
});
