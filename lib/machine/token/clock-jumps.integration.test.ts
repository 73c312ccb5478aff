import { beforeAll, describe, expect, it } from "vitest";
import { database } from "@/lib/db/client";
import { setConfig } from "@/lib/env/config";
import { createExternalRoute } from "@/lib/machine/external/external-route";
import { createM2mApi } from "@/lib/machine/m2m-api";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { createTestClient, type TestClient } from "@/lib/testing/machine/machine-application";
import { askForToken, callExternal, captureLog, memberOf, obtainToken } from "@/lib/testing/machine/machine-requests";
import { testConfig } from "@/lib/testing/test-config";
import { DAY_MS, HOUR_MS } from "@/lib/time";

useTestDatabase();
let client: TestClient;
beforeAll(async () => {
  setConfig(testConfig());
  client = await createTestClient();
});

/** A machine API whose clock is `offset()` milliseconds off that of the database. */
function createJumping(offset: () => number) {
  const machine = createM2mApi(testConfig(), { now: () => new Date(Date.now() + offset()) });
  const list = createExternalRoute(() => machine)({ scope: "rooms:list", run: async () => ({}) });
  const statusOf = async (token: string) => (await callExternal(list, { token })).status;
  return { machine, statusOf };
}

describe("when the clock of this process jumps", () => {
  it("forward, a token is over by that clock and a new one is good; back again, only what it knows as the past is", async () => {
    let offset = 0;
    const { machine, statusOf } = createJumping(() => offset);
    const before = await obtainToken(machine, client);
    expect(await statusOf(before)).toBe(200);

    offset = 2 * HOUR_MS;
    const log = captureLog();
    expect(await statusOf(before)).toBe(401);
    const during = await obtainToken(machine, client);
    expect(await statusOf(during)).toBe(200);

    offset = 0;
    expect([await statusOf(before), await statusOf(during)]).toEqual([200, 401]);
    log.stop();
    await machine.settled();
  });

  it("by what clocks may differ by, every token goes on", async () => {
    let offset = 4_000;
    const { machine, statusOf } = createJumping(() => offset);
    const token = await obtainToken(machine, client);
    offset = 0;
    expect(await statusOf(token)).toBe(200);
    offset = -1_000;
    const log = captureLog();
    expect(await statusOf(token)).toBe(200);
    offset = -60_000;
    expect(await statusOf(token)).toBe(401);
    log.stop();
    await machine.settled();
  });

  it.each([
    ["400 days ahead", 400 * DAY_MS],
    ["400 days back", -400 * DAY_MS],
  ])("%s, no token is handed out without its row", async (_where, milliseconds) => {
    const { machine } = createJumping(() => milliseconds);
    const own = await createTestClient();
    const log = captureLog();
    const answer = await askForToken(machine, own);
    log.stop();
    await machine.settled();
    const rows = await database().$queryRaw<{ jti: string }[]>`
      SELECT "jti" FROM "activity" WHERE "application_id" = ${own.id}::uuid AND "jti" IS NOT NULL`;
    const payload = String(memberOf(answer.json, "access_token")).split(".")[1] ?? "";
    expect(answer.status).toBe(200);
    expect(rows).toEqual([{ jti: memberOf(JSON.parse(Buffer.from(payload, "base64url").toString()), "jti") }]);
  });
});
