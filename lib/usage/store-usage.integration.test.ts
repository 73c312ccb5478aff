// Runs on both databases: many writers of the same rows, and days in UTC.
import { randomUUID } from "node:crypto";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { database } from "@/lib/db/client";
import { setConfig } from "@/lib/env/config";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { createTestClient, createTestPerson, type TestClient } from "@/lib/testing/machine/machine-application";
import { testConfig } from "@/lib/testing/test-config";
import { countRecentCalls } from "./count-recent-calls";
import { listBusiestPeople } from "./list-busiest-people";
import { listRecentRefusals } from "./list-recent-refusals";
import { countRefusalsByReason, listUsageByDay } from "./list-usage-by-day";
import { KEPT_DAYS, purgeUsage } from "./purge-usage";
import { KEPT_REFUSALS, pruneRefusals, storeUsage } from "./store-usage";
import { type CountedCall, createUsageCollector, type UsageBatch } from "./usage-batch";

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

function batchOf(...calls: Partial<CountedCall>[]): UsageBatch {
  const collector = createUsageCollector();
  for (const call of calls) {
    const who = { clientId: client.clientId, isProven: true, credentialId: client.secretId, personId: ana.id };
    collector.add({ kind: "tokens", outcome: "ok", ...who, at: NOW, ip: "192.0.2.7", requestId: "r", ...call });
  }
  return collector.take();
}

const times = (count: number, call: Partial<CountedCall>) => Array.from({ length: count }, () => call);
const at = (text: string) => new Date(text);

describe("stored counts", () => {
  it("add up when many instances write the same rows at once", async () => {
    const batch = batchOf(...times(5, {}), ...times(2, { kind: "rooms" }), { outcome: "scope_not_granted" });
    await Promise.all(Array.from({ length: 12 }, () => storeUsage(batch)));
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

  it("belong to the UTC day in which the call ended", async () => {
    await storeUsage(batchOf({ at: at("2026-11-22T23:59:59.999Z") }, ...times(2, { at: at("2026-11-23T00:00:00Z") })));
    const days = await listUsageByDay(client.id, 3, NOW);
    expect(days.map(({ day, tokens }) => [day, tokens.answered])).toEqual([
      ["2026-11-21", 0],
      ["2026-11-22", 1],
      ["2026-11-23", 2],
    ]);
  });

  it("are not made for names that no application has, and do not fail on them", async () => {
    await storeUsage(
      batchOf(
        { clientId: "nobody", outcome: "bad_tag", isProven: false },
        { clientId: "", isProven: true },
        { clientId: client.clientId },
      ),
    );
    expect(await database().usageHourly.count({ where: { count: { gt: 0 }, hour: NOW } })).toBe(0);
    expect((await listUsageByDay(client.id, 1, NOW))[0]?.tokens.answered).toBe(1);
  });

  it("of an application that was deleted meanwhile are dropped; the rest of the batch is stored", async () => {
    await database().application.delete({ where: { id: other.id } });
    await storeUsage(batchOf({}, { clientId: other.clientId, outcome: "unknown_client" }));
    expect((await listUsageByDay(client.id, 1, NOW))[0]?.tokens.answered).toBe(1);
  });

  it("go with their application", async () => {
    await storeUsage(batchOf({}, { outcome: "bad_tag" }));
    await database().application.delete({ where: { id: client.id } });
    const where = { applicationId: client.id };
    expect([
      await database().usageDaily.count({ where }),
      await database().usageHourly.count({ where }),
      await database().refusedCall.count({ where }),
    ]).toEqual([0, 0, 0]);
  });

  it("tell our failures from refusals, with the reasons by frequency", async () => {
    await storeUsage(
      batchOf(
        { outcome: "database_unavailable" },
        ...times(2, { outcome: "bad_tag" }),
        ...times(3, { kind: "rooms", outcome: "scope_missing" }),
        {},
      ),
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
    await storeUsage(
      batchOf(
        {},
        { personId: ben.id, kind: "rooms" },
        { credentialId, personId: ben.id },
        { clientId: other.clientId, credentialId: other.secretId },
        { outcome: "scope_missing" },
      ),
    );
    const count = async (filter: Parameters<typeof countRecentCalls>[0]) => {
      const { tokens, rooms, refused, applications } = await countRecentCalls(filter, NOW);
      return [tokens, rooms, refused, applications];
    };
    expect(await count({ applicationId: client.id })).toEqual([2, 1, 1, 1]);
    expect(await count({ credentialId })).toEqual([1, 0, 0, 1]);
    expect(await count({ applicationId: client.id, personId: ben.id })).toEqual([1, 1, 0, 1]);
    expect(await count({ applicationId: other.id, credentialId })).toEqual([0, 0, 0, 0]);
    expect((await count({}))[3]).toBeGreaterThanOrEqual(2);
  });

  it("begin with the hour that is 24 hours old, and have no last call when there was none", async () => {
    await storeUsage(
      batchOf({ at: at("2026-11-22T11:59:59Z") }, { at: at("2026-11-22T12:00:00Z") }, { outcome: "bad_tag" }),
    );
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

describe("the last refusals", () => {
  it("are listed newest first, with the person where one is known and still there", async () => {
    await storeUsage(
      batchOf(
        { outcome: "scope_missing", kind: "rooms", at: at("2026-11-23T12:00:00Z") },
        { outcome: "bad_tag", personId: undefined, isProven: false, at: at("2026-11-23T12:01:00Z"), requestId: "r2" },
        { outcome: "person_unknown", personId: randomUUID(), at: at("2026-11-23T12:02:00Z"), requestId: "r3" },
      ),
    );
    const shared = { id: expect.any(String), ip: "192.0.2.7" };
    const at1 = { at: at("2026-11-23T12:02:00Z"), requestId: "r3", kind: "tokens", isProven: true, person: null };
    const at2 = { at: at("2026-11-23T12:01:00Z"), requestId: "r2", kind: "tokens", isProven: false, person: null };
    const at3 = { at: at("2026-11-23T12:00:00Z"), requestId: "r", kind: "rooms", isProven: true, person: ana };
    expect(await listRecentRefusals(client.id)).toEqual([
      { ...shared, ...at1, reason: "person_unknown" },
      { ...shared, ...at2, reason: "bad_tag" },
      { ...shared, ...at3, reason: "scope_missing" },
    ]);
    expect(await listRecentRefusals(other.id)).toEqual([]);
  });

  it("stay bounded for each application, and anybody's cannot push out its own", async () => {
    const refusals = (count: number, isProven: boolean, clientId: string) =>
      Array.from({ length: count }, (_, index) => ({
        clientId,
        kind: "tokens" as const,
        reason: "bad_tag",
        isProven,
        personId: null,
        at: new Date(NOW.getTime() + index),
        ip: "192.0.2.7",
        requestId: String(index),
      }));
    await storeUsage({ counts: [], refusals: refusals(5, false, other.clientId), lost: 0 });
    const batch = {
      counts: [],
      refusals: [
        ...refusals(KEPT_REFUSALS.proven + 10, true, client.clientId),
        ...refusals(2_000, false, client.clientId),
      ],
      lost: 0,
    };
    await storeUsage(batch);
    await pruneRefusals(batch);
    const count = (applicationId: string, isProven: boolean) =>
      database().refusedCall.count({ where: { applicationId, isProven } });
    expect([await count(client.id, true), await count(client.id, false), await count(other.id, false)]).toEqual([
      KEPT_REFUSALS.proven,
      KEPT_REFUSALS.unproven,
      5,
    ]);
    const [newest] = await listRecentRefusals(client.id, 1);
    expect(newest?.requestId).toBe("1999");
  });
});

describe("the busiest people", () => {
  it("are those for whom most was answered; who is gone is left out", async () => {
    await storeUsage(
      batchOf(
        ...times(2, {}),
        ...times(3, { personId: ben.id, kind: "rooms" }),
        ...times(9, { outcome: "scope_missing" }),
        ...times(9, { personId: randomUUID() }),
        ...times(9, { at: at("2026-11-01T00:00:00Z") }),
      ),
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
    await storeUsage(
      batchOf(
        { at: daysAgo(KEPT_DAYS.daily + 2), outcome: "bad_tag" },
        { at: daysAgo(KEPT_DAYS.hourly + 1), outcome: "bad_tag" },
        { at: daysAgo(KEPT_DAYS.hourly - 1), outcome: "bad_tag" },
      ),
    );
    await purgeUsage(NOW);
    const where = { applicationId: client.id };
    expect(await database().usageHourly.count({ where })).toBe(1);
    expect(await database().refusedCall.count({ where })).toBe(1);
    expect(await database().usageDaily.count({ where })).toBe(2);
    expect(await purgeUsage(NOW)).toBe(0);
  });
});
