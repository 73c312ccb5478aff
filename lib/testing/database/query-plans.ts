import { afterAll, beforeAll } from "vitest";
import { createDatabaseClient, database, setDatabase } from "@/lib/db/client";
import { createTestDatabase } from "./test-database";
import { watchQueries } from "./watch-queries";

export type QueryPlans = {
  /** Runs `work` and returns the statements that it asked. */
  statementsOf(work: () => Promise<unknown>): Promise<string[]>;
  /** Runs `work` and returns, for each of its reads of `table`, how the database went about it. */
  plansOf(work: () => Promise<unknown>, table?: string): Promise<string[]>;
};

/** Opens a database for the tests of one file, fills it, however long that takes, and watches how it is read. */
export function useQueryPlans(fill: (store: (sql: string) => Promise<void>) => Promise<void>): QueryPlans {
  let opened: Awaited<ReturnType<typeof createTestDatabase>>;
  let watched: ReturnType<typeof watchQueries>;

  beforeAll(async () => {
    opened = await createTestDatabase();
    watched = watchQueries(opened.connection);
    setDatabase(createDatabaseClient(watched));
    await fill(opened.fill);
  });

  afterAll(async () => {
    await database().$disconnect();
    setDatabase(undefined);
    await opened.close();
  });

  async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
    const first = watched.queries.length;
    await work();
    return watched.queries.slice(first);
  }

  return {
    statementsOf,
    async plansOf(work, table = "") {
      const plans: string[] = [];
      for (const query of (await statementsOf(work)).filter((sql) => sql.includes(table))) {
        const lines = await database().$queryRawUnsafe<Record<string, string>[]>(
          `EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) ${query}`,
        );
        plans.push(lines.map((line) => Object.values(line)[0]).join("\n"));
      }
      return plans;
    },
  };
}

/** The most rows that any step of a plan gave or threw away, each time it was run. */
export function rowsReadIn(plan: string): number {
  const counts = [...plan.matchAll(/rows=(\d+)(?:\.\d+)? loops|Rows Removed by (?:Filter|Index Recheck): (\d+)/g)];
  return Math.max(0, ...counts.map(([, given, removed]) => Number(given ?? removed)));
}
