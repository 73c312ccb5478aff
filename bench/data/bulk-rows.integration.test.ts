import { beforeAll, expect, it } from "vitest";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { applicationStatements, portalStatements, scaled } from "./bulk-rows";

const test = useTestDatabase();

beforeAll(async () => {
  const { applications, ...others } = scaled(0.0001);
  for (const sql of [...applicationStatements(applications), ...portalStatements(others)]) {
    await test.database.$executeRawUnsafe(sql);
  }
});

it("fills every table that the portal's pages read with as many rows as asked for, each with what belongs to it", async () => {
  const { application, applicationSecret, applicationDomain, person, room, roomAccess, auditEvent } = test.database;
  const tables = [application, applicationSecret, applicationDomain, person, room, roomAccess, auditEvent];
  const counts = await Promise.all(tables.map((table) => (table.count as () => Promise<number>)()));
  expect(counts).toEqual([10, 10, 10, 100, 100, 100, 500]);
});

it("leaves nothing of its own behind", async () => {
  const tables = await test.database.$queryRaw`SELECT tablename FROM pg_tables WHERE tablename LIKE 'bench%'`;
  expect(tables).toEqual([]);
});

it("makes rooms that somebody owns, and applications that may act", async () => {
  expect(await test.database.room.count({ where: { accesses: { none: { role: "owner" } } } })).toBe(0);
  expect(await test.database.application.count({ where: { isActive: false } })).toBe(0);
});
