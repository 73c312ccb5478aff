import { afterAll, beforeAll, expect, it } from "vitest";
import { createDatabaseClient, database, setDatabase } from "@/lib/db/client";
import { createTestDatabase } from "@/lib/testing/database/test-database";
import { watchQueries } from "@/lib/testing/database/watch-queries";
import { listPeople } from "./list-people";
import { personList } from "./person.schema";

let opened: Awaited<ReturnType<typeof createTestDatabase>>;
let watched: ReturnType<typeof watchQueries>;

beforeAll(async () => {
  opened = await createTestDatabase();
  watched = watchQueries(opened.connection);
  setDatabase(createDatabaseClient(watched));
  await database().$executeRaw`
    INSERT INTO people (id, email, display_name, updated_at)
    SELECT gen_random_uuid(), 'p-' || md5(n::text) || '@example.org', 'Person ' || md5('name' || n), now()
    FROM generate_series(1, 20000) n`;
  await database().$executeRaw`VACUUM ANALYZE people`;
});

afterAll(async () => {
  await database().$disconnect();
  setDatabase(undefined);
  await opened.close();
});

it("a long list of people is searched by the index of addresses and names, for the count and for a page", async () => {
  const first = watched.queries.length;
  const { rows } = await listPeople({ ...personList.defaults, q: "BEEF1" });
  expect(rows.length).toBeGreaterThan(0);
  const searches = watched.queries.slice(first).filter((sql) => sql.includes("BEEF1"));
  expect(searches).toHaveLength(2);
  for (const sql of searches) {
    const lines = await database().$queryRawUnsafe<Record<string, string>[]>(`EXPLAIN ${sql}`);
    const plan = lines.map((line) => Object.values(line)[0]).join("\n");
    expect(plan).toContain("people_search_idx");
    expect(plan).not.toContain("Seq Scan");
  }
});
