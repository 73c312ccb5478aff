import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { getActivityScope } from "@/lib/activity/log/get-activity-scope";
import { listActivity } from "@/lib/activity/log/list-activity";
import { storeActivity } from "@/lib/activity/store-activity";
import { database } from "@/lib/db/client";
import { setConfig } from "@/lib/env/config";
import { AppError } from "@/lib/errors/app-error";
import { createExternalRoute } from "@/lib/machine/external/external-route";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { activityOf } from "@/lib/testing/machine/activity-rows";
import { createTestClient, makeUnknownSecret, type TestClient } from "@/lib/testing/machine/machine-application";
import {
  askForToken,
  callExternal,
  captureLog,
  obtainToken,
  TEST_ADDRESS,
} from "@/lib/testing/machine/machine-requests";
import { listRoute, openUntimedMachine as open } from "@/lib/testing/machine/untimed-machine";
import { testConfig } from "@/lib/testing/test-config";
import { countActivity } from "@/lib/usage/count-activity";
import { countRecentCalls } from "@/lib/usage/count-recent-calls";

useTestDatabase();
let client: TestClient;

beforeAll(() => setConfig(testConfig()));
beforeEach(async () => {
  client = await createTestClient();
});

/** Of all days together: a test may begin on one and end on the next. */
async function outcomes(): Promise<Record<string, number>> {
  const groups = await database().usageDaily.groupBy({
    by: ["kind", "outcome"],
    where: { applicationId: client.id },
    _sum: { count: true },
    orderBy: [{ kind: "asc" }, { outcome: "asc" }],
  });
  return Object.fromEntries(groups.map(({ kind, outcome, _sum }) => [`${kind} ${outcome}`, _sum.count ?? 0]));
}

async function refusalsOf(application: string) {
  const now = new Date();
  const scope = await getActivityScope({ application, outcome: "refused" }, { now, retentionDays: 30 });
  return (await listActivity(scope, {}, { now })).entries;
}

describe("what applications do", () => {
  it("on two instances adds up, and is counted when the instances are told to", async () => {
    const machines = [open(), open()];
    for (const machine of machines) {
      const token = await obtainToken(machine, client);
      await callExternal(listRoute(machine), { token });
      await callExternal(listRoute(machine), { token });
    }
    expect(await outcomes()).toEqual({});
    // One after the other: of two that count at once one leaves it to the other, which may not see its last rows yet.
    for (const machine of machines) await machine.settled();
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
    const refusals = await refusalsOf(client.id);
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
    const refusals = await refusalsOf(client.id);
    expect(refusals.map(({ reason, isProven }) => [reason, isProven]).sort()).toEqual([
      ["bad_tag", false],
      ["secret_not_live", true],
    ]);
  });
});

describe("somebody who floods us with forged secrets", () => {
  it("leaves few rows, none with what was sent, and every request in the name of an application is counted", async () => {
    const stored: number[] = [];
    const machine = open({
      async storeActivity(rows) {
        stored.push(rows.length);
        await storeActivity(rows);
      },
    });
    const log = captureLog();
    for (let index = 0; index < 300; index += 1) {
      const address = `198.51.100.${index % 250}`;
      await askForToken(machine, { clientId: `made-up-${index}`, secret: "vst_forged" }, { address });
      await askForToken(machine, { clientId: client.clientId, secret: "vst_forged" }, { address });
    }
    await machine.settled();
    log.stop();
    expect(stored).toEqual([20]);
    expect(await outcomes()).toEqual({ "tokens bad_tag": 300 });
    const rows = await database().$queryRaw<{ row: string }[]>`SELECT row_to_json(e)::text AS row FROM "activity" e`;
    expect(rows.map(({ row }) => row).join("\n")).not.toMatch(/made-up|vst_/);
    const [line] = log.lines.filter((one) => one.includes('"activity_left_out"'));
    expect(JSON.parse(line ?? "{}")).toMatchObject({ level: "warn", count: 290 });
  });
});

describe("a token whose trace cannot be stored", () => {
  const outage = Object.assign(new Error("the server is shutting down"), { code: "57P01" });
  const failing = { storeActivity: () => Promise.reject(outage) };

  it("is not handed out: the answer is 503 with the time to come back", async () => {
    const log = captureLog();
    const answer = await askForToken(open(failing), client);
    log.stop();
    expect(answer).toMatchObject({
      status: 503,
      json: { error: "temporarily_unavailable" },
      headers: { "retry-after": "5" },
    });
    expect(await activityOf(client.id)).toEqual([]);
  });

  it("is handed out when the operator chose so, and its trace is stored when that is possible again", async () => {
    let isDown = true;
    const log = captureLog();
    const machine = open(
      { storeActivity: (rows) => (isDown ? Promise.reject(outage) : storeActivity(rows)) },
      { activityWrite: "soon" },
    );
    expect((await askForToken(machine, client)).status).toBe(200);
    await machine.settled();
    log.stop();
    expect(log.lines.filter((line) => line.includes('"activity_not_written"'))).toHaveLength(1);
    expect(await activityOf(client.id)).toEqual([]);
    isDown = false;
    await machine.settled();
    expect(await activityOf(client.id)).toMatchObject([{ kind: "tokens", jti: expect.any(String) }]);
    expect(await outcomes()).toEqual({ "tokens ok": 1 });
  });
});

describe("fifty tokens at once", () => {
  it("share few commits, and each has its row when it is answered", async () => {
    const groups: number[] = [];
    let readings = 0;
    let letGo = () => {};
    const allHaveCome = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const machine = open({
      // Read when a request comes, and again when its row is made, which then waits for its group.
      stopwatch() {
        readings += 1;
        if (readings === 2 * 51) letGo();
        return 0;
      },
      async storeActivity(rows) {
        groups.push(rows.length);
        if (groups.length > 1) await allHaveCome;
        await storeActivity(rows);
      },
    });
    await obtainToken(machine, client);
    const answers = await Promise.all(Array.from({ length: 50 }, () => askForToken(machine, client)));
    expect(answers.map(({ status }) => status)).toEqual(Array(50).fill(200));
    expect(await activityOf(client.id)).toHaveLength(51);
    const [alone, ...together] = groups;
    expect([alone, together.reduce((sum, rows) => sum + rows, 0)]).toEqual([1, 50]);
    // What came while the first group was being written is the second.
    expect(together.length).toBeLessThanOrEqual(2);
  });
});

describe("counts that cannot be made", () => {
  it("refuse nothing, are logged, and are made the next time", async () => {
    let isDown = true;
    const log = captureLog();
    const machine = open({ countActivity: (now) => (isDown ? Promise.reject(new Error("gone")) : countActivity(now)) });
    const token = await obtainToken(machine, client);
    await machine.settled();
    expect((await callExternal(listRoute(machine), { token })).status).toBe(200);
    log.stop();
    expect(log.lines.filter((line) => line.includes('"usage_not_written"'))).toHaveLength(1);
    expect(await outcomes()).toEqual({});
    isDown = false;
    await machine.settled();
    expect(await outcomes()).toEqual({ "rooms ok": 1, "tokens ok": 1 });
  });
});
