import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { setConfig } from "@/lib/env/config";
import { keyPath, readOrMakeKey } from "@/lib/env/keys/key-store";
import { readRotationArguments, rotateConfiguredKeys } from "@/lib/env/keys/rotate-signing-keys";
import { readSigningKeyFile } from "@/lib/env/keys/signing-keys";
import { createExternalRoute } from "@/lib/machine/external/external-route";
import { createM2mApi, type M2mApi } from "@/lib/machine/m2m-api";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { createTestClient, type TestClient } from "@/lib/testing/machine/machine-application";
import {
  callExternal,
  captureLog,
  memberOf,
  obtainToken,
  presentToken,
  send,
} from "@/lib/testing/machine/machine-requests";
import { RACE_CONFIG } from "@/lib/testing/race/race-settings";
import { dumpDatabase } from "@/lib/testing/staff/staff-factory";
import { testConfig } from "@/lib/testing/test-config";

useTestDatabase();
let client: TestClient;
let folder: string;
let file: string;
let log: ReturnType<typeof captureLog>;
/** Milliseconds by which the server's clock is ahead of the real one. */
let ahead = 0;

beforeAll(async () => {
  setConfig(testConfig());
  client = await createTestClient();
});

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "vestibule-live-keys-"));
  await readOrMakeKey(folder, "TOKEN_SIGNING_KEYS");
  file = keyPath(folder, "TOKEN_SIGNING_KEYS");
  ahead = 0;
  log = captureLog();
});

afterEach(() => {
  log.stop();
  rmSync(folder, { recursive: true });
});

const now = () => new Date(Date.now() + ahead);

/** A server as it starts: with the keys that the file holds at this moment. */
async function startM2mApi(): Promise<M2mApi> {
  const tokenSigningKeys = await readSigningKeyFile(file, "production");
  return createM2mApi(testConfig({ ...RACE_CONFIG, tokenSigningKeys, tokenSigningKeysFile: file }), { now });
}

/** What the operator runs, in the time of the server. */
async function rotate(...args: string[]): Promise<void> {
  await rotateConfiguredKeys({ DATA_DIR: folder }, readRotationArguments(args), now());
}

async function use(machine: M2mApi, token: string): Promise<number> {
  const list = createExternalRoute(() => machine)({ scope: "rooms:list", run: async () => "listed" });
  return (await callExternal(list, { token })).status;
}

async function publishedKids(machine: M2mApi): Promise<string[]> {
  const { json } = await send(machine.jwksEndpoint, new Request("http://localhost:3000/api/oauth/jwks"));
  const keys = memberOf(json, "keys");
  return Array.isArray(keys) ? keys.map((key) => String(memberOf(key, "kid"))) : [];
}

function kidOf(token: string): unknown {
  return memberOf(JSON.parse(Buffer.from(token.split(".")[0] ?? "", "base64url").toString()), "kid");
}

describe("a rotation on a live system", () => {
  // Conformance: M03
  it("publishes the new key first, signs with it later, and keeps the old one", async () => {
    const machine = await startM2mApi();
    const before = await obtainToken(machine, client);
    await rotate();
    ahead += 5_000;
    const [fresh, old] = await publishedKids(machine);
    expect(old).toBe(kidOf(before));
    expect(kidOf(await obtainToken(machine, client))).toBe(old);
    ahead += 655_000;
    const after = await obtainToken(machine, client);
    expect(kidOf(after)).toBe(fresh);
    expect(await publishedKids(machine)).toEqual([fresh, old]);
    expect([await use(machine, before), await use(machine, after)]).toEqual([200, 200]);
    expect(log.lines.filter((line) => line.includes('"signing_keys_reloaded"'))).toHaveLength(1);
  });

  it("is the same on every instance that shares the file, and one that starts later", async () => {
    const [here, there] = [await startM2mApi(), await startM2mApi()];
    const before = await obtainToken(here, client);
    await rotate("--now");
    ahead += 5_000;
    const late = await startM2mApi();
    const after = await obtainToken(here, client);
    expect(kidOf(after)).not.toBe(kidOf(before));
    for (const machine of [here, there, late]) {
      expect([await use(machine, before), await use(machine, after)]).toEqual([200, 200]);
    }
  });

  it("fails no request, however many are under way", async () => {
    const machine = await startM2mApi();
    const failures: unknown[] = [];
    const kids = new Set<unknown>([kidOf(await obtainToken(machine, client))]);
    let isRotating = true;
    async function work(): Promise<void> {
      while (isRotating) {
        const token = await obtainToken(machine, client);
        const introspected = await presentToken(machine.introspectionEndpoint, client, token);
        const outcome = [await use(machine, token), memberOf(introspected.json, "active")];
        if (outcome[0] !== 200 || outcome[1] !== true) failures.push(outcome);
      }
    }
    const workers = [work(), work(), work(), work()];
    for (let rotation = 0; rotation < 4; rotation += 1) {
      await rotate("--now");
      const newest = (await readSigningKeyFile(file, "production")).keys[0]?.kid;
      // Until it signs: the look that is under way may have been begun before the rotation.
      do ahead += 5_000;
      while (kidOf(await obtainToken(machine, client)) !== newest);
      kids.add(newest);
    }
    isRotating = false;
    await Promise.all(workers);
    expect(failures).toEqual([]);
    expect(kids.size).toBe(5);
    expect(await publishedKids(machine)).toHaveLength(5);
  });

  it("ends every token at once when a key has leaked and all are replaced", async () => {
    const machine = await startM2mApi();
    const before = await obtainToken(machine, client);
    await rotate("--replace-all");
    ahead += 5_000;
    expect(await use(machine, before)).toBe(401);
    expect(await use(machine, await obtainToken(machine, client))).toBe(200);
    expect(await publishedKids(machine)).toHaveLength(1);
  });

  it("goes on with the keys it has when the file is damaged, and says so", async () => {
    const machine = await startM2mApi();
    const before = await obtainToken(machine, client);
    writeFileSync(file, "{");
    ahead += 5_000;
    expect([await use(machine, before), await use(machine, await obtainToken(machine, client))]).toEqual([200, 200]);
    const lines = log.lines.filter((line) => line.includes('"signing_keys_not_reloaded"'));
    expect(lines).toHaveLength(1);
  });

  // Conformance: W04
  it("does not take up the signing key of our own tests in production", async () => {
    const tokenSigningKeys = await readSigningKeyFile(file, "production");
    const configuration = testConfig({ environment: "production", tokenSigningKeys, tokenSigningKeysFile: file });
    const machine = createM2mApi(configuration, { now });
    const [kid] = await publishedKids(machine);
    writeFileSync(file, JSON.stringify(testConfig().tokenSigningKeys));
    ahead += 5_000;
    expect(await publishedKids(machine)).toEqual([kid]);
  });
});

it("keeps private keys out of the database and out of the log", async () => {
  const machine = await startM2mApi();
  await rotate("--now");
  ahead += 5_000;
  await presentToken(machine.revocationEndpoint, client, await obtainToken(machine, client));
  await machine.settled();
  const { keys } = await readSigningKeyFile(file, "production");
  const places = `${await dumpDatabase()}${log.lines.join("")}`;
  expect(keys).toHaveLength(2);
  for (const { d } of keys) expect(places).not.toContain(String(d));
});
