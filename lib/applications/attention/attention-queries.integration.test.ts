import { afterAll, beforeAll, expect, it } from "vitest";
import { createDatabaseClient, database, setDatabase } from "@/lib/db/client";
import { setConfig } from "@/lib/env/config";
import { createTestDatabase } from "@/lib/testing/database/test-database";
import { watchQueries } from "@/lib/testing/database/watch-queries";
import { createTestClient } from "@/lib/testing/machine/machine-application";
import { testConfig } from "@/lib/testing/test-config";
import { getAttention } from "./get-attention";

let opened: Awaited<ReturnType<typeof createTestDatabase>>;
let watched: ReturnType<typeof watchQueries>;

beforeAll(async () => {
  setConfig(testConfig());
  opened = await createTestDatabase();
  watched = watchQueries(opened.connection);
  setDatabase(createDatabaseClient(watched));
});

afterAll(async () => {
  await database().$disconnect();
  setDatabase(undefined);
  await opened.close();
});

it("the first page asks for five names of each kind, however many there are, and counts nobody's people for them", async () => {
  for (let index = 0; index < 8; index += 1) await createTestClient();
  const first = watched.queries.length;
  const { unrestricted } = await getAttention(new Date());
  expect([unrestricted.count, unrestricted.rows.length]).toEqual([8, 5]);
  const asked = watched.queries.slice(first).filter((sql) => sql.includes('a."name"'));
  expect(asked).toHaveLength(3);
  for (const sql of asked) {
    expect(sql).toMatch(/LIMIT '?5\b/);
    expect(sql).not.toContain('"people"');
  }
});
