import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { database } from "@/lib/db/client";
import { setConfig } from "@/lib/env/config";
import { AppError } from "@/lib/errors/app-error";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { createTestClient, makeUnknownSecret, type TestClient } from "@/lib/testing/machine/machine-application";
import {
  askForToken,
  callExternal,
  captureLog,
  obtainToken,
  TEST_ADDRESS,
} from "@/lib/testing/machine/machine-requests";
import { testConfig } from "@/lib/testing/test-config";
import { countRecentCalls } from "@/lib/usage/count-recent-calls";
import { listRecentRefusals } from "@/lib/usage/list-recent-refusals";
import { storeUsage } from "@/lib/usage/store-usage";
import { createExternalRoute } from "./external/external-route";
import { createM2mApi, type M2mApi } from "./m2m-api";
import type { M2mPorts } from "./m2m-ports";

useTestDatabase();
let client: TestClient;

beforeAll(() => setConfig(testConfig()));
beforeEach(async () => {
  client = await createTestClient();
});

const open = (ports: Partial<M2mPorts> = {}) => createM2mApi(testConfig(), { schedule: () => {}, ...ports });

function listRoute(machine: M2mApi, run: () => Promise<unknown> = async () => ({})) {
  return createExternalRoute(() => machine)({ scope: "rooms:list", run });
}

async function outcomes(): Promise<Record<string, number>> {
  const rows = await database().usageDaily.findMany({
    where: { applicationId: client.id },
    select: { kind: true, outcome: true, count: true },
    orderBy: [{ kind: "asc" }, { outcome: "asc" }],
  });
  return Object.fromEntries(rows.map(({ kind, outcome, count }) => [`${kind} ${outcome}`, count]));
}

describe("what applications do", () => {
  it("on two instances adds up, and nothing of it is written before the instances are told to", async () => {
    const machines = [open(), open()];
    for (const machine of machines) {
      const token = await obtainToken(machine, client);
      await callExternal(listRoute(machine), { token });
      await callExternal(listRoute(machine), { token });
    }
    expect(await outcomes()).toEqual({});
    await Promise.all(machines.map((machine) => machine.settled()));
    expect(await outcomes()).toEqual({ "rooms ok": 4, "tokens ok": 2 });
    expect(await countRecentCalls({ credentialId: client.secretId }, new Date())).toMatchObject({
      tokens: 2,
      rooms: 4,
    });
  });

  it("is counted by the reason of its refusal, on behalf of whom it was", async () => {
    const machine = open();
    const token = await obtainToken(machine, client);
    await askForToken(machine, client, { fields: { scope: "rooms:delete alice@example.com" } });
    await callExternal(createExternalRoute(() => machine)({ scope: "rooms:delete", run: async () => ({}) }), { token });
    const missing = listRoute(machine, () => Promise.reject(new AppError("not_found", "room_not_found")));
    await callExternal(missing, { token });
    const broken = listRoute(machine, () => Promise.reject(new Error("a bug")));
    const log = captureLog();
    await callExternal(broken, { token });
    log.stop();
    await database().application.update({ where: { id: client.id }, data: { isActive: false } });
    await callExternal(listRoute(machine), { token });
    await askForToken(machine, client);
    await machine.settled();
    expect(await outcomes()).toEqual({
      "rooms application_inactive": 1,
      "rooms room_not_found": 1,
      "rooms scope_missing": 1,
      "rooms unexpected_error": 1,
      "tokens inactive_client": 1,
      "tokens ok": 1,
      "tokens scope_not_granted": 1,
    });
    const refusals = await listRecentRefusals(client.id);
    const email = "alice@example.com";
    expect(refusals.find(({ reason }) => reason === "application_inactive")).toMatchObject({
      kind: "rooms",
      isProven: true,
      person: { email },
      ip: TEST_ADDRESS,
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  it("is refused to an old secret as the application's own, and to a forged one as anybody's", async () => {
    const machine = open();
    await askForToken(machine, { ...client, secret: makeUnknownSecret(client.clientId) });
    await askForToken(machine, { ...client, secret: "vst_forged" });
    await machine.settled();
    const refusals = await listRecentRefusals(client.id);
    expect(refusals.map(({ reason, isProven }) => [reason, isProven]).sort()).toEqual([
      ["bad_tag", false],
      ["secret_not_live", true],
    ]);
  });
});

describe("somebody who floods us with forged secrets", () => {
  it("makes us write one bounded batch and leaves nothing in the name of clients that do not exist", async () => {
    const batches: Parameters<typeof storeUsage>[0][] = [];
    const machine = open({
      async storeUsage(batch) {
        batches.push(batch);
        await storeUsage(batch);
      },
    });
    const before = await database().usageHourly.count();
    for (let index = 0; index < 300; index += 1) {
      const address = `198.51.100.${index % 250}`;
      await askForToken(machine, { clientId: `made-up-${index}`, secret: "vst_forged" }, { address });
      await askForToken(machine, { clientId: client.clientId, secret: "vst_forged" }, { address });
    }
    await machine.settled();
    expect(batches).toHaveLength(1);
    expect(batches[0]?.counts.length).toBeLessThanOrEqual(101);
    expect(batches[0]?.refusals.filter(({ clientId }) => clientId === client.clientId)).toHaveLength(2);
    expect((await database().usageHourly.count()) - before).toBe(1);
    expect(await outcomes()).toEqual({ "tokens bad_tag": 300 });
  });
});

describe("counts that cannot be written", () => {
  it("refuse nothing, are logged, and are written with the next batch", async () => {
    let isDown = true;
    const log = captureLog();
    const machine = open({
      storeUsage: (batch) => (isDown ? Promise.reject(new Error("database gone")) : storeUsage(batch)),
    });
    const token = await obtainToken(machine, client);
    await machine.settled();
    const answer = await callExternal(listRoute(machine), { token });
    log.stop();
    expect(answer.status).toBe(200);
    expect(log.lines.filter((line) => line.includes('"usage_not_written"'))).toHaveLength(1);
    expect(await outcomes()).toEqual({});
    isDown = false;
    await machine.settled();
    expect(await outcomes()).toEqual({ "rooms ok": 1, "tokens ok": 1 });
  });
});
