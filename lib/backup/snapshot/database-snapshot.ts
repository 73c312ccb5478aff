import "server-only";

import { listPartitions } from "@/lib/activity/partitions/list-partitions";
import type { DatabaseConnection } from "@/lib/db/connection";
import { listTables } from "./list-tables";
import type { Snapshot } from "./snapshot.types";
import { prepareSession, quoteName, readTableRows } from "./table-rows";

/**
 * Runs `work` on what the database holds at one moment: one transaction that sees nothing of what others write meanwhile.
 * The connection must be to a migrated database (`connectDatabase`).
 */
export async function withDatabaseSnapshot<Result>(
  connection: Pick<DatabaseConnection, "withSession">,
  migrationsFolder: string,
  work: (snapshot: Snapshot) => Promise<Result>,
): Promise<Result> {
  return connection.withSession(async (run) => {
    await prepareSession(run);
    const names = (await listTables(run, migrationsFolder)).map(({ name }) => quoteName(name));
    await run("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
    try {
      // Before the moment is fixed, by the first query: rows that a merge of partitions moves after it would be seen in
      // neither place, and a migration would change the tables under our hands. Now both wait.
      await run(`LOCK TABLE ${names.join(", ")} IN ACCESS SHARE MODE`);
      const ledger = await run("SELECT name FROM vestibule_migrations ORDER BY name");
      const tables = await listTables(run, migrationsFolder);
      return await work({
        migrations: ledger.map(({ name }) => String(name)),
        tables: tables.map(({ name, columns }) => ({ name, columns })),
        activityPartitions: await listPartitions(run),
        readTable: (table) => readTableRows(run, table),
      });
    } finally {
      // It has changed nothing. A session that is lost has ended it, and what went wrong is told already.
      await run("ROLLBACK").catch(() => undefined);
    }
  });
}
