import { beforeAll, describe, expect, it } from "vitest";
import type { ActivityRow } from "@/lib/activity/activity-row";
import { storeActivity } from "@/lib/activity/store-activity";
import { EXPIRING_WITHIN_DAYS, UNUSED_FOR_DAYS } from "@/lib/applications/listing/application-list.schema";
import { database } from "@/lib/db/client";
import { setConfig } from "@/lib/env/config";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { activityRow } from "@/lib/testing/machine/activity-rows";
import { addTestSecret, createTestClient, type TestClient } from "@/lib/testing/machine/machine-application";
import { testConfig } from "@/lib/testing/test-config";
import { countActivity } from "@/lib/usage/count-activity";
import { listRefusedApplications } from "@/lib/usage/list-refused-applications";
import { getAttention } from "./get-attention";

useTestDatabase();
const NOW = new Date("2026-11-23T12:30:00Z");
const inDays = (days: number) => new Date(NOW.getTime() + days * 86_400_000);

beforeAll(() => setConfig(testConfig()));

/** An application that needs nothing, until a test says otherwise. */
async function calmClient(columns: Record<string, unknown> = {}): Promise<TestClient> {
  const client = await createTestClient({ domains: ["example.com"] });
  await database().application.update({
    where: { id: client.id },
    data: { createdAt: inDays(-200), lastUsedAt: inDays(-1), ...columns },
  });
  return client;
}

const expireAt = (id: string, expiresAt: Date) =>
  database().applicationSecret.update({ where: { id }, data: { expiresAt } });
const endAt = (id: string, revokedAt: Date) =>
  database().applicationSecret.update({ where: { id }, data: { revokedAt } });
const nothing = { count: 0, hasMore: false, rows: [] };

describe("what is worth a look", () => {
  it("is nothing at first, and nothing about applications that are in order", async () => {
    expect(await getAttention(NOW)).toEqual({
      applications: { count: 0, hasMore: false },
      endingSecrets: nothing,
      unrestricted: nothing,
      unused: nothing,
    });
    await calmClient();
    expect(await getAttention(NOW)).toEqual({
      applications: { count: 1, hasMore: false },
      endingSecrets: nothing,
      unrestricted: nothing,
      unused: nothing,
    });
  });

  it("are secrets that end within the days, the soonest first, and whether the application goes on", async () => {
    const [alone, rotated, later, ended, off] = [
      await calmClient(),
      await calmClient(),
      await calmClient(),
      await calmClient(),
      await calmClient({ isActive: false }),
    ];
    await expireAt(alone.secretId, inDays(EXPIRING_WITHIN_DAYS));
    await addTestSecret(rotated);
    await endAt(rotated.secretId, inDays(1));
    await expireAt(later.secretId, new Date(inDays(EXPIRING_WITHIN_DAYS).getTime() + 1));
    await endAt(ended.secretId, NOW);
    await expireAt(off.secretId, inDays(1));
    const { endingSecrets } = await getAttention(NOW);
    const shared = { name: "Calendar", hint: expect.stringMatching(/^\w{4}$/), label: null };
    expect(endingSecrets).toEqual({
      count: 2,
      hasMore: false,
      rows: [
        { ...shared, applicationId: rotated.id, endsAt: inDays(1), hasSuccessor: true },
        { ...shared, applicationId: alone.id, endsAt: inDays(EXPIRING_WITHIN_DAYS), hasSuccessor: false },
      ],
    });
  });

  it("are active applications that act for anybody, unless single people are listed", async () => {
    const open = await createTestClient();
    const listed = await createTestClient();
    await database().$executeRaw`
      INSERT INTO "application_person_rules" ("id", "application_id", "email", "effect")
      VALUES (gen_random_uuid(), ${listed.id}::uuid, 'ana@example.com', 'allow')`;
    await createTestClient({ isActive: false });
    const { unrestricted } = await getAttention(NOW);
    expect(unrestricted).toEqual({ count: 1, hasMore: false, rows: [{ id: open.id, name: "Calendar" }] });
  });

  it("are applications that were not used for long, and not those that are too young for that", async () => {
    const forgotten = await calmClient({ lastUsedAt: inDays(-UNUSED_FOR_DAYS - 1) });
    const never = await calmClient({ lastUsedAt: null });
    await calmClient({ lastUsedAt: null, createdAt: inDays(-UNUSED_FOR_DAYS + 1) });
    await calmClient({ lastUsedAt: inDays(-UNUSED_FOR_DAYS + 1) });
    await calmClient({ lastUsedAt: null, isActive: false });
    const { count, rows } = (await getAttention(NOW)).unused;
    expect([count, rows.map(({ id }) => id)]).toEqual([2, [never.id, forgotten.id]]);
  });

  it("shows the first five and counts all", async () => {
    for (let index = 0; index < 7; index += 1) await createTestClient();
    const { count, rows } = (await getAttention(NOW)).unrestricted;
    expect([count, rows.length]).toEqual([8, 5]);
  });
});

describe("applications with refused calls", () => {
  it("are those of the last 24 hours, most refused first, each with its most frequent reason", async () => {
    const [one, two] = [await calmClient({ name: "One" }), await calmClient({ name: "Two" })];
    const rows: ActivityRow[] = [];
    const add = (clientId: string, outcome: string, requests: number, at = NOW) =>
      rows.push(activityRow({ reason: outcome === "ok" ? null : outcome, clientId, requests, at }));
    add(one.clientId, "bad_tag", 2);
    add(one.clientId, "scope_not_granted", 1);
    add(one.clientId, "ok", 50);
    add(two.clientId, "domain_not_allowed", 5);
    add(two.clientId, "bad_tag", 90, inDays(-2));
    await storeActivity(rows);
    await countActivity(NOW);
    expect(await listRefusedApplications(5, NOW)).toEqual({
      count: 2,
      rows: [
        { id: two.id, name: "Two", refused: 5, kind: "tokens", reason: "domain_not_allowed" },
        { id: one.id, name: "One", refused: 3, kind: "tokens", reason: "bad_tag" },
      ],
    });
    expect(await listRefusedApplications(1, NOW)).toMatchObject({ count: 2, rows: [{ id: two.id }] });
  });
});
