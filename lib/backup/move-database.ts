import "server-only";

import { withStoppedDatabase } from "./make-backup";
import { withDatabaseSnapshot } from "./snapshot/database-snapshot";
import type { TableSum } from "./snapshot/snapshot.types";
import type { OnTable } from "./target/load-snapshot";
import { refuseFullServer, restoreIntoServer } from "./target/restore-into-server";

/**
 * Copies the embedded database into an empty schema of the PostgreSQL server at `to`, all of it or nothing, and returns what each
 * table holds there. No server may run on the data directory, which stays as it is. A move that was killed is begun again by the
 * next one. Throws `BackupError`, `DataDirectoryBusyError` and `DatabaseStartError` for what the operator can mend.
 */
export async function moveDatabase(
  { dataDirectory, to }: { dataDirectory: string; to: string },
  migrationsFolder: string,
  onTable?: OnTable,
): Promise<ReadonlyMap<string, TableSum>> {
  await refuseFullServer(to);
  const moved = new Map<string, TableSum>();
  await withStoppedDatabase(dataDirectory, migrationsFolder, (connection) =>
    withDatabaseSnapshot(connection, migrationsFolder, (snapshot) =>
      restoreIntoServer(to, snapshot, migrationsFolder, {
        onTable: (name, sum) => {
          moved.set(name, sum);
          onTable?.(name, sum);
        },
      }),
    ),
  );
  return moved;
}
