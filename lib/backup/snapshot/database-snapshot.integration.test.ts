// Runs on both databases: what one moment is while others write.
import { resolve } from "node:path";
import { expect, it } from "vitest";
import { maintainPartitions } from "@/lib/activity/partitions/maintain-partitions";
import { database } from "@/lib/db/client";
import { openEmbeddedTemplate } from "@/lib/testing/database/embedded-snapshot";
import { hasSeveralConnections } from "@/lib/testing/database/lock-waits";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { withDatabaseSnapshot } from "./database-snapshot";
import type { Snapshot } from "./snapshot.types";

const MIGRATIONS = resolve("prisma/migrations");
useTestDatabase();

async function countRows(snapshot: Snapshot, name: string): Promise<number> {
  const table = snapshot.tables.find((one) => one.name === name);
  if (table === undefined) throw new Error(`There is no table ${name}.`);
  let count = 0;
  for await (const lines of snapshot.readTable(table)) count += lines.length;
  return count;
}

it("takes every table that migrations make, and every column that is not worked out; none counts by a sequence", async () => {
  const connection = await openEmbeddedTemplate();
  const columns = await connection.readRows(`
    SELECT relname::text AS name, array_agg(attname::text ORDER BY attnum) AS columns FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition AND attnum > 0
      AND NOT attisdropped AND attgenerated = '' AND relname <> 'vestibule_migrations' GROUP BY relname ORDER BY relname`);
  await withDatabaseSnapshot(connection, MIGRATIONS, async ({ tables }) => expect(tables).toEqual(columns));
  // A backup would have to carry where it stands.
  expect(
    await connection.readRows("SELECT FROM pg_class WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace"),
  ).toEqual([]);
  await connection.close();
});

it.runIf(hasSeveralConnections)("sees nothing of what is written, merged or deleted after its moment", async () => {
  const now = new Date("2026-11-30T12:00:00Z");
  await database().$executeRaw`
    INSERT INTO activity (at, request_id, kind, method, path, status, is_proven, ip, duration_us)
    SELECT '2026-11-27T00:30:00Z'::timestamptz + n * interval '1 hour', n, 'token', 'POST', '/', 200, true, '::1', 1
    FROM generate_series(1, 20) n`;
  await database().person.create({ data: { email: "ana@example.com" } });
  while ((await database().$queryRaw<unknown[]>`SELECT FROM activity_default LIMIT 1`).length > 0) {
    await maintainPartitions({ now: new Date("2026-11-27T20:00:00Z"), retentionDays: 30, lockMsMax: 0 });
  }
  await withDatabaseSnapshot(database(), MIGRATIONS, async (snapshot) => {
    await database().person.create({ data: { email: "ben@example.com" } });
    await database().person.deleteMany({ where: { email: "ana@example.com" } });
    await expect(maintainPartitions({ now, retentionDays: 30, lockMsMax: 50 })).rejects.toThrow(/lock timeout/);
    expect(await countRows(snapshot, "activity")).toBe(20);
    expect(await countRows(snapshot, "people")).toBe(1);
  });
  expect(await maintainPartitions({ now, retentionDays: 30, lockMsMax: 0 })).toBeGreaterThan(0);
});
