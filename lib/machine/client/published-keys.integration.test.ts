import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { revokeApplicationKey } from "@/lib/applications/authentication/revoke-application-key";
import { setClientAuthentication } from "@/lib/applications/authentication/set-client-authentication";
import { setConfig } from "@/lib/env/config";
import { createExternalRoute } from "@/lib/machine/external/external-route";
import { createM2mApi, type M2mApi } from "@/lib/machine/m2m-api";
import { CLIENT_AUTHENTICATION_METHODS, GRANT_TYPES } from "@/lib/oauth/client/client-metadata";
import { createClientKey, type TestClientKey } from "@/lib/oauth/testing/forge-assertion";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { createTestClient, type TestClient } from "@/lib/testing/machine/machine-application";
import { addTestKey, askWithAssertion, signClientAssertion } from "@/lib/testing/machine/machine-assertions";
import { callExternal, captureLog, memberOf } from "@/lib/testing/machine/machine-requests";
import { auditEventsAbout, createStaffActor } from "@/lib/testing/staff/staff-factory";
import { testConfig } from "@/lib/testing/test-config";
import { contextOf } from "@/lib/testing/verb-context";
import { JwksFetchError } from "./fetch-client-jwks";
import { JWKS_MAX_AGE_MS } from "./published-keys";

const test = useTestDatabase();
const URI = "https://calendar.example/jwks";
let client: TestClient;
let one: TestClientKey;
let two: TestClientKey;
let published: TestClientKey[];
let isDown: boolean;
let late: number;
let machine: M2mApi;

beforeAll(async () => {
  setConfig(testConfig());
  [one, two] = [await createClientKey(), await createClientKey("RS256")];
});

beforeEach(async () => {
  client = await createTestClient({ tokenEndpointAuthMethods: ["private_key_jwt"], jwksUri: URI });
  published = [one];
  isDown = false;
  late = 0;
  machine = makeM2mApi();
});

function makeM2mApi(): M2mApi {
  return createM2mApi(testConfig(), {
    async fetchJwks(uri) {
      expect(uri).toBe(URI);
      if (isDown) throw new JwksFetchError("unreachable");
      return published.map(({ clientKey, thumbprint }) => ({ publicJwk: clientKey.publicJwk, thumbprint }));
    },
    now: () => new Date(Date.now() + late),
  });
}

async function ask(key: TestClientKey, instance = machine) {
  const now = Math.floor((Date.now() + late) / 1000);
  const assertion = await signClientAssertion({ clientId: client.clientId, key }, { iat: now, exp: now + 60 });
  return askWithAssertion(instance, assertion);
}

function whoami() {
  return createExternalRoute(() => machine)({ scope: "rooms:list", run: async (_input, { actor }) => actor });
}

function rows() {
  return test.database.applicationKey.findMany({
    where: { applicationId: client.id },
    select: { id: true, source: true, kid: true, thumbprint: true, revokedAt: true },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
}

describe("an application that publishes its keys", () => {
  it("gets tokens that lean on a row, made when the key was first seen", async () => {
    const answer = await ask(one);
    expect(answer.status).toBe(200);
    const [row, ...others] = await rows();
    expect(row).toMatchObject({ source: "published", thumbprint: one.thumbprint, revokedAt: null });
    expect(others).toEqual([]);
    const token = String(memberOf(answer.json, "access_token"));
    const payload: unknown = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
    expect(memberOf(payload, "credential_id")).toBe(row?.id);
    expect((await callExternal(whoami(), { token })).status).toBe(200);
  });

  it("leaves one audit event for each change of the set, not for each look", async () => {
    await ask(one);
    late = JWKS_MAX_AGE_MS;
    await ask(one);
    const kid = one.clientKey.publicJwk.kid;
    expect(await auditEventsAbout(client.id)).toEqual([
      expect.objectContaining({
        actorKind: "system",
        actorId: null,
        action: "application.published_keys_changed",
        ip: "192.0.2.7",
        changes: { kids: { before: [], after: [kid] } },
      }),
    ]);
  });

  it("does not look edited because its keys were read", async () => {
    const before = await test.database.application.findUniqueOrThrow({ where: { id: client.id } });
    await ask(one);
    const after = await test.database.application.findUniqueOrThrow({ where: { id: client.id } });
    expect(after.updatedAt).toEqual(before.updatedAt);
    expect(after.jwksFetchedAt).toEqual(expect.any(Date));
  });

  it("ends a key by withdrawing it, and with it the tokens of that key, as soon as the set is read again", async () => {
    const token = String(memberOf((await ask(one)).json, "access_token"));
    published = [two];
    late = JWKS_MAX_AGE_MS;
    expect((await ask(one)).status).toBe(401);
    expect((await ask(two)).status).toBe(200);
    expect((await callExternal(whoami(), { token })).status).toBe(401);
  });

  it("may use a name again for another key: the old one ends", async () => {
    await ask(one);
    const renamed = await createClientKey();
    const { kid } = one.clientKey.publicJwk;
    renamed.clientKey.publicJwk.kid = kid;
    published = [renamed];
    late = JWKS_MAX_AGE_MS;
    expect((await ask(renamed)).status).toBe(200);
    expect((await rows()).map((row) => [row.kid, row.thumbprint, row.revokedAt === null])).toEqual([
      [kid, one.thumbprint, false],
      [kid, renamed.thumbprint, true],
    ]);
  });

  it("may publish a key again that it had withdrawn", async () => {
    await ask(one);
    published = [];
    late = JWKS_MAX_AGE_MS;
    expect((await ask(one)).status).toBe(401);
    published = [one];
    late = 2 * JWKS_MAX_AGE_MS;
    expect((await ask(one)).status).toBe(200);
  });

  it("is refused like anybody while its keys cannot be read, and the log says why", async () => {
    isDown = true;
    const log = captureLog();
    expect(await ask(one)).toMatchObject({ status: 401, json: { error: "invalid_client" } });
    log.stop();
    const lines = log.lines.map((line): unknown => JSON.parse(line));
    expect(lines).toContainEqual(expect.objectContaining({ event: "jwks_not_fetched", application_id: client.id }));
    expect(log.lines.join("")).toContain("unreachable");
  });

  it("shares its keys between instances: what one has read the other knows", async () => {
    await ask(one);
    isDown = true;
    expect((await ask(one, makeM2mApi())).status).toBe(200);
  });

  it("does not count keys that were registered before, nor the reverse", async () => {
    published = [];
    await addTestKey(client, one);
    expect((await ask(one)).status).toBe(401);
  });
});

describe("staff and published keys", () => {
  it("can end a key for good, however long it stays published", async () => {
    await ask(one);
    const [row] = await rows();
    await revokeApplicationKey(contextOf(await createStaffActor()), { applicationId: client.id, keyId: row?.id ?? "" });
    for (const wait of [0, JWKS_MAX_AGE_MS, 3 * JWKS_MAX_AGE_MS]) {
      late = wait;
      expect((await ask(one)).status).toBe(401);
    }
    expect(await rows()).toHaveLength(1);
  });

  it("end all of them by taking the address away", async () => {
    const token = String(memberOf((await ask(one)).json, "access_token"));
    await setClientAuthentication(contextOf(await createStaffActor()), {
      applicationId: client.id,
      grantTypes: [...GRANT_TYPES],
      methods: [...CLIENT_AUTHENTICATION_METHODS],
      jwksUri: null,
      tokenTtlSeconds: null,
    });
    expect((await ask(one)).status).toBe(401);
    expect((await callExternal(whoami(), { token })).status).toBe(401);
  });
});

describe("two instances that read at the same time", () => {
  it("store the set once", async () => {
    const answers = await Promise.all([machine, makeM2mApi(), makeM2mApi()].map((instance) => ask(one, instance)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await rows()).toHaveLength(1);
  });
});
