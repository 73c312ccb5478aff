// Runs on both databases: hours and days of a time zone that is not the session's.
import { beforeAll, describe, expect, it } from "vitest";
import type { ActivityRow } from "@/lib/activity/activity-row";
import { activityLogParams } from "@/lib/activity/log/activity-log.schema";
import { getActivityScope } from "@/lib/activity/log/get-activity-scope";
import { storeActivity } from "@/lib/activity/store-activity";
import { database } from "@/lib/db/client";
import { setConfig } from "@/lib/env/config";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { activityRow } from "@/lib/testing/machine/activity-rows";
import { addTestSecret, createTestClient, type TestClient } from "@/lib/testing/machine/machine-application";
import { testConfig } from "@/lib/testing/test-config";
import { DAY_MS, HOUR_MS } from "@/lib/time";
import { countActivity } from "./count-activity";
import { listRequestCounts, sumOf } from "./list-request-counts";

useTestDatabase();
const NOW = new Date("2026-11-30T12:30:00Z");
const ago = (milliseconds: number) => new Date(NOW.getTime() - milliseconds);
let client: TestClient;
let second: string;
let ana: { id: string };

async function count(query: Record<string, string>) {
  const { before: _, after: __, request: ___, ...filter } = activityLogParams.parse(query);
  return listRequestCounts(await getActivityScope(filter, { now: NOW, retentionDays: 30 }));
}
const busy = (periods: Awaited<ReturnType<typeof count>>) =>
  periods
    .filter((one) => one.answered + one.refused + one.failed > 0)
    .map(({ from, answered, refused, failed }) => [from.toISOString(), answered, refused, failed]);

beforeAll(async () => {
  setConfig(testConfig());
  client = await createTestClient();
  second = (await addTestSecret(client)).secretId;
  ana = await database().person.create({ data: { email: "ana@example.com" }, select: { id: true } });
  const gone = await createTestClient();
  const own = { applicationId: client.id, credentialId: client.secretId };
  const rows: Partial<ActivityRow>[] = [
    { at: ago(60_000), personId: ana.id },
    { at: ago(60_000), reason: "domain_not_allowed", status: 400 },
    { at: ago(2 * HOUR_MS), reason: "database_unavailable", status: 503, credentialId: second },
    { at: ago(30 * HOUR_MS), kind: "rooms", personId: ana.id },
    { at: ago(3 * DAY_MS), reason: "bad_tag", status: 401, isProven: false, requests: 7 },
    { at: ago(60_000), applicationId: gone.id, credentialId: gone.secretId },
  ];
  await storeActivity(rows.map((row) => activityRow({ ...own, ...row })));
  await countActivity(ago(4 * DAY_MS));
  await database().application.update({
    where: { id: gone.id },
    data: { isActive: false, deletedAt: NOW },
    select: { id: true },
  });
});

describe("the counts beside the log", () => {
  it("are by the hour for a day, with the hours in which nothing happened", async () => {
    const periods = await count({ range: "24h" });
    expect(periods).toHaveLength(25);
    expect(periods[0]?.from).toEqual(new Date("2026-11-29T12:00:00Z"));
    expect(busy(periods)).toEqual([
      ["2026-11-30T10:00:00.000Z", 0, 0, 1],
      ["2026-11-30T12:00:00.000Z", 1, 1, 0],
    ]);
  });

  it("show the day that an hour is the end of, so that there is something to choose from", async () => {
    const periods = await count({ range: "1h" });
    expect(periods).toHaveLength(24);
    expect(periods.at(-1)?.to).toEqual(new Date("2026-11-30T13:00:00Z"));
  });

  it("are by the UTC day for longer, and count as many requests as a row stands for", async () => {
    const periods = await count({});
    expect(periods).toHaveLength(8);
    expect(busy(periods)).toEqual([
      ["2026-11-27T00:00:00.000Z", 0, 7, 0],
      ["2026-11-29T00:00:00.000Z", 1, 0, 0],
      ["2026-11-30T00:00:00.000Z", 1, 1, 1],
    ]);
    expect(sumOf(periods)).toEqual({ answered: 2, refused: 8, failed: 1 });
  });

  it.each<[string, () => Record<string, string>, number[]]>([
    ["an application", () => ({ application: client.id }), [2, 8, 1]],
    ["another one", () => ({ application: ana.id }), [0, 0, 0]],
    ["a person", () => ({ person: ana.id }), [2, 0, 0]],
    ["nobody", () => ({ person: "nobody@example.com" }), [0, 0, 0]],
    ["a secret", () => ({ secret: second }), [0, 0, 1]],
    ["a cause", () => ({ cause: "wrongSecret" }), [0, 7, 0]],
    ["an outcome, which leaves the others to compare with", () => ({ outcome: "refused" }), [2, 8, 1]],
    ["a person by the hour", () => ({ person: ana.id, range: "24h" }), [1, 0, 0]],
  ])("are of %s", async (_what, query, expected) => {
    expect(Object.values(sumOf(await count(query())))).toEqual(expected);
  });
});
