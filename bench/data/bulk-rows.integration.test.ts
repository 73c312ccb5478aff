import { beforeAll, expect, it } from "vitest";
import { maintainPartitions } from "@/lib/activity/partitions/maintain-partitions";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { applicationStatements, portalStatements, scaled } from "./bulk-rows";

const test = useTestDatabase();
const NOW = new Date();

beforeAll(async () => {
  const { applications, ...others } = scaled(0.0001);
  for (const sql of [...applicationStatements(applications), ...portalStatements(others, NOW)]) {
    await test.fill(sql);
  }
});

it("fills every table that the portal's pages read with as many rows as asked for, each with what belongs to it", async () => {
  const { application, applicationSecret, applicationDomain, person, room, roomAccess, auditEvent } = test.database;
  const tables = [application, applicationSecret, applicationDomain, person, room, roomAccess, auditEvent];
  const counts = await Promise.all(tables.map((table) => (table.count as () => Promise<number>)()));
  expect(counts).toEqual([10, 10, 10, 100, 100, 100, 500]);
});

it("keeps what applications did in partitions of days that the product takes for its own, and counts all of it", async () => {
  const places = await test.database.$queryRaw<{ name: string; count: number }[]>`
    SELECT tableoid::regclass::text AS name, count(*)::int AS count FROM activity GROUP BY 1 ORDER BY 1`;
  expect(places).toHaveLength(28);
  expect(places.every(({ name }) => /^activity_d\d{8}$/.test(name))).toBe(true);
  expect(places.reduce((sum, { count }) => sum + count, 0)).toBe(500);
  const { _sum: hours } = await test.database.usageHourly.aggregate({ _sum: { count: true } });
  const { _sum: days } = await test.database.usageDaily.aggregate({ _sum: { count: true } });
  expect([hours.count, days.count]).toEqual([500, 500]);
  // The hours to come, and nothing that would merge, index or drop one of the days.
  expect(await maintainPartitions({ now: NOW, retentionDays: 30 })).toBe(4);
});

it("leaves nothing of its own behind", async () => {
  const tables = await test.database.$queryRaw`SELECT tablename FROM pg_tables WHERE tablename LIKE 'bench%'`;
  expect(tables).toEqual([]);
});

it("makes rooms that somebody owns, and applications that may act", async () => {
  expect(await test.database.room.count({ where: { accesses: { none: { role: "owner" } } } })).toBe(0);
  expect(await test.database.application.count({ where: { isActive: false } })).toBe(0);
});
