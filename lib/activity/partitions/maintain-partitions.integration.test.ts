// Runs on both databases: partitions, their locks, and what triggers refuse in them.
import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { database, inTransaction } from "@/lib/db/client";
import { hasSeveralConnections } from "@/lib/testing/database/lock-waits";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "@/lib/time";
import { addPartitions, maintainPartitions } from "./maintain-partitions";

useTestDatabase();
const START = new Date("2026-11-29T22:10:00Z");
const later = (milliseconds: number) => new Date(START.getTime() + milliseconds);

async function insert(...moments: Date[]): Promise<void> {
  for (const at of moments) {
    await database().$executeRaw`
      INSERT INTO "activity" ("at", "request_id", "kind", "method", "path", "status", "is_proven", "ip", "duration_us")
      VALUES (${at}, ${randomUUID()}, 'tokens', 'POST', '/api/oauth/token', 200, true, '192.0.2.7', 900)`;
  }
}

// A step waits for whoever has its lock, as long as that takes; that it gives up otherwise is a test of its own.
const PATIENT = { lockMsMax: 0 };
const maintain = (now: Date, retentionDays = 30) => maintainPartitions({ now, retentionDays, ...PATIENT });
const AT_START = { now: START, retentionDays: 30, ...PATIENT };

/** Where rows are: how many in each partition that has some. */
async function places(): Promise<Record<string, number>> {
  const rows = await database().$queryRaw<{ name: string; count: number }[]>`
    SELECT tableoid::regclass::text AS name, count(*)::int AS count FROM "activity" GROUP BY 1 ORDER BY 1`;
  return Object.fromEntries(rows.map(({ name, count }) => [name, count]));
}

async function partitions(): Promise<string[]> {
  const rows = await database().$queryRaw<{ name: string }[]>`
    SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'activity'::regclass ORDER BY 1`;
  return rows.map(({ name }) => name).filter((name) => name !== "activity_default");
}

async function indexes(table: string): Promise<string[]> {
  const rows = await database().$queryRaw<{ indexdef: string }[]>`
    SELECT indexdef FROM pg_indexes WHERE tablename = ${table} AND schemaname = current_schema() ORDER BY indexname`;
  return rows.map(({ indexdef }) => indexdef.replace(/^.* USING /, ""));
}

const CLOSED = [
  "btree (application_id, at DESC)",
  "btree (person_id, at DESC) WHERE (person_id IS NOT NULL)",
  "btree (at DESC) WHERE (reason IS NOT NULL)",
  "btree (application_id, at DESC) WHERE (reason IS NOT NULL)",
  "btree (request_id)",
  "btree (at DESC)",
];

beforeEach(async () => {
  for (const name of await partitions()) await database().$executeRawUnsafe(`DROP TABLE "${name}"`);
  await database().$executeRaw`DELETE FROM "activity_default"`;
});

describe("the partitions of activity", () => {
  it("are there for the hours to come, and found there the next time", async () => {
    expect(await maintain(START)).toBe(4);
    expect(await maintain(START)).toBe(0);
    await insert(START, later(HOUR_MS), later(3 * HOUR_MS));
    expect(await places()).toEqual({ activity_h2026112922: 1, activity_h2026112923: 1, activity_h2026113001: 1 });
  });

  it("take in the rows of several days that have none, in as many rounds as that takes, and no round fails", async () => {
    // More hours than one round looks at, so that days are merged while further hours of theirs turn up.
    const hours = Array.from({ length: 70 }, (_, index) => later(-(index + 30) * HOUR_MS));
    await insert(...hours);
    let steps = await maintain(START);
    for (let round = 0; steps > 0 && round < 20; round += 1) steps = await maintain(START);
    expect(steps).toBe(0);
    const found = await places();
    expect(Object.keys(found).filter((name) => !/^activity_d202611\d\d$/.test(name))).toEqual([]);
    expect(Object.values(found).reduce((sum, count) => sum + count, 0)).toBe(70);
  });

  it("write no b-tree while their hour lasts, and get those of the portal's questions when it is over", async () => {
    await maintain(START);
    await insert(START);
    expect(await indexes("activity_h2026112922")).toEqual([
      "brin (at) WITH (pages_per_range='32', autosummarize='on')",
    ]);
    expect(await maintain(later(HOUR_MS))).toBe(2);
    expect((await indexes("activity_h2026112922")).filter((one) => one.startsWith("btree"))).toEqual(CLOSED);
  });

  it("of a day that is over become one, with every row and with its indexes", async () => {
    await maintain(START);
    await insert(START, later(MINUTE_MS), later(HOUR_MS), later(2 * HOUR_MS));
    await maintain(later(3 * HOUR_MS));
    expect(await places()).toEqual({ activity_d20261129: 3, activity_h2026113000: 1 });
    expect(await indexes("activity_d20261129")).toEqual(CLOSED);
    expect(await partitions()).not.toContain("activity_h2026112922");
    await insert(START);
    expect(await places()).toMatchObject({ activity_d20261129: 4 });
  });

  it("refuse no row when there are none: it waits in the default one and is brought home with the others of its hour", async () => {
    const jumps = [START, later(5 * MINUTE_MS), later(2 * DAY_MS), later(-3 * DAY_MS), later(3_650 * DAY_MS)];
    await insert(...jumps);
    expect(await places()).toEqual({ activity_default: 5 });
    await maintain(START);
    expect(await places()).toEqual({
      activity_h2026112622: 1,
      activity_h2026112922: 2,
      activity_h2026120122: 1,
      activity_h2036112622: 1,
    });
    await maintain(START);
    expect(await places()).toMatchObject({ activity_d20261126: 1 });
  });

  it("go with all their rows when these are kept long enough, and not a day before", async () => {
    await insert(START, later(DAY_MS));
    await maintain(START);
    await maintain(later(2 * DAY_MS + 3 * HOUR_MS));
    expect(Object.keys(await places())).toEqual(["activity_d20261129", "activity_d20261130"]);
    await maintain(later(30 * DAY_MS));
    expect(Object.keys(await places())).toEqual(["activity_d20261129", "activity_d20261130"]);
    await maintain(later(31 * DAY_MS));
    expect(Object.keys(await places())).toEqual(["activity_d20261130"]);
    await maintain(later(31 * DAY_MS), 1);
    expect(await places()).toEqual({});
  });

  it("are made at a start without the work of the housekeeping", async () => {
    await insert(later(-40 * DAY_MS));
    expect(await addPartitions(AT_START)).toBe(5);
    expect(await addPartitions(AT_START)).toBe(0);
    expect(await places()).toEqual({ activity_h2026102022: 1 });
  });

  it.runIf(hasSeveralConnections)("are made once when several processes begin at the same moment", async () => {
    const counts = await Promise.all(Array.from({ length: 6 }, () => addPartitions(AT_START)));
    expect(await partitions()).toHaveLength(4);
    expect(counts.filter((count) => count > 0)).toEqual([4]);
  });
});

describe("a row of activity", () => {
  it.each([
    ["hour", async () => void (await maintain(START))],
    ["default partition", async () => {}],
  ])("is changed by nobody, in its %s", async (_where, prepare) => {
    await prepare();
    await insert(START);
    await expect(database().$executeRaw`UPDATE "activity" SET "status" = 500`).rejects.toThrow(/append-only: UPDATE/);
  });

  it("is deleted by nobody, and the table emptied by nobody", async () => {
    await maintain(START);
    await insert(START);
    await expect(database().$executeRaw`DELETE FROM "activity"`).rejects.toThrow(/append-only: DELETE/);
    await expect(database().$executeRaw`TRUNCATE "activity"`).rejects.toThrow(/append-only: TRUNCATE/);
    expect(await places()).toEqual({ activity_h2026112922: 1 });
  });
});

describe("a step that needs a lock which somebody holds", () => {
  it.runIf(hasSeveralConnections)("gives up soon, leaves everything as it was, and is done the next time", async () => {
    await insert(later(-40 * DAY_MS));
    await addPartitions(AT_START);
    await inTransaction(async (tx) => {
      await tx.$queryRaw`SELECT count(*) FROM "activity"`;
      await expect(maintainPartitions({ now: START, retentionDays: 30 })).rejects.toMatchObject({ code: "55P03" });
      expect(await places()).toEqual({ activity_h2026102022: 1 });
    });
    expect(await maintain(START)).toBe(1);
    expect(await places()).toEqual({});
  });
});
