// Runs on both databases: many writers of the same rows, and days in UTC.
import { randomUUID } from "node:crypto";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ActivityRow } from "@/lib/activity/activity-row";
import { storeActivity } from "@/lib/activity/store-activity";
import { database, inTransaction } from "@/lib/db/client";
import { deleteExpired } from "@/lib/db/retention/expired-rows";
import { setConfig } from "@/lib/env/config";
import { hasSeveralConnections } from "@/lib/testing/database/lock-waits";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { activityOf, activityRow } from "@/lib/testing/machine/activity-rows";
import { createTestClient, createTestPerson, type TestClient } from "@/lib/testing/machine/machine-application";
import { testConfig } from "@/lib/testing/test-config";
import { COUNT_LOCK, countActivity } from "./count-activity";
import { countRecentCalls } from "./count-recent-calls";
import { EXPIRED_USAGE, KEPT_DAYS } from "./expired-usage";
import { listBusiestPeople } from "./list-busiest-people";
import { countRefusalsByReason, listUsageByDay } from "./list-usage-by-day";

useTestDatabase();
const NOW = new Date("2026-11-23T12:30:00Z");
let client: TestClient;
let other: TestClient;
let ana: { id: string; email: string };
let ben: { id: string; email: string };

beforeAll(async () => {
  setConfig(testConfig());
  ana = await createTestPerson();
  ben = await createTestPerson();
});

beforeEach(async () => {
  client = await createTestClient();
  other = await createTestClient();
});

/** Stores rows of `client`, each of a token that was issued for Ana unless told otherwise, and counts them. */
async function count(...rows: Partial<ActivityRow>[]): Promise<void> {
  const whole = rows.map((row) => activityRow({ ...own(), ...row }));
  await storeActivity(whole);
  // From the hour before the oldest on.
  await countActivity(new Date(Math.min(...whole.map((row) => row.at.getTime()))));
}

const own = () => ({ at: NOW, applicationId: client.id, credentialId: client.secretId, personId: ana.id });
const times = (count: number, row: Partial<ActivityRow>) => Array.from({ length: count }, () => row);
const at = (text: string) => new Date(text);

describe("counts", () => {
  it("are right when many instances write and count at once, however often", async () => {
    const rows = [...times(5, {}), ...times(2, { kind: "rooms" }), { reason: "scope_not_granted" }];
    await Promise.all(
      Array.from({ length: 12 }, async () => {
        await storeActivity(rows.map((row) => activityRow({ ...own(), ...row })));
        await countActivity(NOW);
      }),
    );
    await countActivity(NOW);
    expect(await countActivity(NOW)).toBe(0);
    const [today] = await listUsageByDay(client.id, 1, NOW);
    expect(today).toEqual({
      day: "2026-11-23",
      tokens: { answered: 60, refused: 12, failed: 0 },
      rooms: { answered: 24, refused: 0, failed: 0 },
    });
    expect(await countRecentCalls({ applicationId: client.id }, NOW)).toEqual({
      tokens: 60,
      rooms: 24,
      refused: 12,
      applications: 1,
      lastCallAt: NOW,
    });
  });

  it.runIf(hasSeveralConnections)("are left to the process that is counting, which is said", async () => {
    await storeActivity([activityRow(own())]);
    await inTransaction(async (tx) => {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(${COUNT_LOCK})`;
      expect(await countActivity(NOW)).toBe(undefined);
    });
    expect(await countActivity(NOW)).toBe(1);
  });

  it("take in the hours since the last count, however long ago that was", async () => {
    await count({ at: at("2026-11-20T08:59:59Z") });
    await storeActivity([activityRow({ ...own(), at: at("2026-11-20T09:00:00Z") })]);
    await database().$executeRaw`DELETE FROM "usage_hourly" WHERE "hour" > '2026-11-20T08:00:00Z'`;
    await countActivity(NOW);
    expect((await listUsageByDay(client.id, 4, NOW))[0]).toMatchObject({ day: "2026-11-20", tokens: { answered: 2 } });
  });

  it("take in rows that came late: those of the hour before at once, those of the last day with the next wide count", async () => {
    await count({});
    const late = [at("2026-11-23T11:00:00Z"), at("2026-11-23T10:59:59Z"), at("2026-11-22T11:00:00Z")];
    await storeActivity(late.map((moment) => activityRow({ ...own(), at: moment })));
    const answered = async () => (await listUsageByDay(client.id, 2, NOW)).map(({ tokens }) => tokens.answered);
    await countActivity(NOW);
    expect(await answered()).toEqual([0, 2]);
    await countActivity(NOW, { isWide: true });
    expect(await answered()).toEqual([1, 3]);
  });

  it("are finished by the next count when one stopped before the days", async () => {
    await count({});
    await database().$executeRaw`DELETE FROM "usage_daily"`;
    await countActivity(NOW);
    expect((await listUsageByDay(client.id, 1, NOW))[0]?.tokens.answered).toBe(1);
  });

  it("become no smaller: those of rows that are gone stay", async () => {
    await count({}, {});
    await database().$executeRaw`UPDATE "usage_hourly" SET "count" = 7 WHERE "application_id" = ${client.id}::uuid`;
    await countActivity(NOW);
    expect((await countRecentCalls({ applicationId: client.id }, NOW)).tokens).toBe(7);
  });

  it("hold each request of a row that stands for several", async () => {
    await count({ reason: "bad_tag", isProven: false, requests: 300 });
    expect((await listUsageByDay(client.id, 1, NOW))[0]?.tokens.refused).toBe(300);
  });

  it("belong to the UTC day in which the call ended", async () => {
    await count({ at: at("2026-11-22T23:59:59.999Z") }, ...times(2, { at: at("2026-11-23T00:00:00Z") }));
    const days = await listUsageByDay(client.id, 3, NOW);
    expect(days.map(({ day, tokens }) => [day, tokens.answered])).toEqual([
      ["2026-11-21", 0],
      ["2026-11-22", 1],
      ["2026-11-23", 2],
    ]);
  });

  it("are not made for rows of no application, or of one that is deleted", async () => {
    await database().application.update({
      where: { id: other.id },
      data: { isActive: false, deletedAt: NOW },
      select: { id: true },
    });
    const before = await database().usageHourly.count();
    await count({ applicationId: null, clientId: "nobody", reason: "bad_tag" }, { applicationId: other.id }, {});
    expect((await database().usageHourly.count()) - before).toBe(1);
  });

  it("go with their application; the rows stay", async () => {
    await count({}, { reason: "bad_tag" });
    await database().application.delete({ where: { id: client.id } });
    const where = { applicationId: client.id };
    expect([await database().usageDaily.count({ where }), await database().usageHourly.count({ where })]).toEqual([
      0, 0,
    ]);
    expect(await activityOf(client.id)).toHaveLength(2);
  });

  it("tell our failures from refusals, with the reasons by frequency", async () => {
    await count(
      { reason: "database_unavailable" },
      ...times(2, { reason: "bad_tag" }),
      ...times(3, { kind: "rooms", reason: "scope_missing" }),
      {},
    );
    const [today] = await listUsageByDay(client.id, 1, NOW);
    expect(today?.tokens).toEqual({ answered: 1, refused: 2, failed: 1 });
    expect(await countRefusalsByReason(client.id, 1, NOW)).toEqual([
      { kind: "rooms", reason: "scope_missing", count: 3 },
      { kind: "tokens", reason: "bad_tag", count: 2 },
      { kind: "tokens", reason: "database_unavailable", count: 1 },
    ]);
  });
});

describe("the calls of the last 24 hours", () => {
  it("are those of the application, the credential and the person that are asked for", async () => {
    const credentialId = randomUUID();
    await count(
      {},
      { personId: ben.id, kind: "rooms" },
      { credentialId, personId: ben.id },
      { applicationId: other.id, credentialId: other.secretId },
      { reason: "scope_missing" },
    );
    const recent = async (filter: Parameters<typeof countRecentCalls>[0]) => {
      const { tokens, rooms, refused, applications } = await countRecentCalls(filter, NOW);
      return [tokens, rooms, refused, applications];
    };
    expect(await recent({ applicationId: client.id })).toEqual([2, 1, 1, 1]);
    expect(await recent({ credentialId })).toEqual([1, 0, 0, 1]);
    expect(await recent({ applicationId: client.id, personId: ben.id })).toEqual([1, 1, 0, 1]);
    expect(await recent({ applicationId: other.id, credentialId })).toEqual([0, 0, 0, 0]);
    expect((await recent({}))[3]).toBeGreaterThanOrEqual(2);
  });

  it("begin with the hour that is 24 hours old, and have no last call when there was none", async () => {
    await count({ at: at("2026-11-22T11:59:59Z") }, { at: at("2026-11-22T12:00:00Z") }, { reason: "bad_tag" });
    expect(await countRecentCalls({ applicationId: client.id }, NOW)).toMatchObject({
      tokens: 1,
      lastCallAt: at("2026-11-22T12:00:00Z"),
    });
    expect(await countRecentCalls({ applicationId: other.id }, NOW)).toEqual({
      tokens: 0,
      rooms: 0,
      refused: 0,
      applications: 0,
      lastCallAt: null,
    });
  });
});

describe("the busiest people", () => {
  it("are those for whom most was answered; who is gone is left out", async () => {
    await count(
      ...times(2, {}),
      ...times(3, { personId: ben.id, kind: "rooms" }),
      ...times(9, { reason: "scope_missing" }),
      ...times(9, { personId: randomUUID() }),
      ...times(9, { at: at("2026-11-01T00:00:00Z") }),
    );
    expect(await listBusiestPeople(client.id, { days: 7 }, NOW)).toEqual([
      { ...ben, tokens: 0, rooms: 3, lastCallAt: NOW },
      { ...ana, tokens: 2, rooms: 0, lastCallAt: NOW },
    ]);
    expect(await listBusiestPeople(client.id, { days: 7, take: 1 }, NOW)).toHaveLength(1);
  });
});

describe("the purge", () => {
  it("deletes what was kept long enough, and no other", async () => {
    const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000);
    await count(
      { at: daysAgo(KEPT_DAYS.daily + 2), reason: "bad_tag" },
      { at: daysAgo(KEPT_DAYS.hourly + 1), reason: "bad_tag" },
      { at: daysAgo(KEPT_DAYS.hourly - 1), reason: "bad_tag" },
    );
    for (const kind of EXPIRED_USAGE) await deleteExpired(kind, NOW);
    const where = { applicationId: client.id };
    expect(await database().usageHourly.count({ where })).toBe(1);
    expect(await database().usageDaily.count({ where })).toBe(1);
    for (const kind of EXPIRED_USAGE) expect(await deleteExpired(kind, NOW)).toBe(0);
  });
});
