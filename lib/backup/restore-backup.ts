import "server-only";

import type { DatabaseLocation } from "@/lib/db/open-database";
import { type BackupSummary, checkBackupFile, openBackupFile } from "./file/open-backup-file";
import { installKeys, refuseOtherKeys } from "./keys/product-keys";
import { openKeys, type ProductKeys } from "./keys/seal-keys";
import { type OnTable, refuseUnknownMigrations } from "./target/load-snapshot";
import { refuseFullDirectory, restoreIntoDirectory } from "./target/restore-into-directory";
import { refuseFullServer, restoreIntoServer } from "./target/restore-into-server";

export type RestoreOptions = {
  /** Where to restore: an empty data directory, or an empty schema of a server. */
  location: Pick<DatabaseLocation, "databaseUrl" | "dataDirectory">;
  migrationsFolder: string;
  /** Asked when the file holds keys. */
  passphrase: () => Promise<string>;
  /** Leaves the keys of the file where they are. */
  withoutKeys?: boolean;
  onTable?: OnTable;
};

/** What was restored, and whether the keys came with it into the data directory. */
export type RestoreReport = BackupSummary & { hasInstalledKeys: boolean };

/**
 * Makes a database of a backup: all of it, or nothing. The whole file is read and judged before anything is made, and once more
 * while it is stored; what was stored is read again and compared. Keys go to the data directory. Throws `BackupError` and
 * `DatabaseStartError` for what the operator can mend.
 */
export async function restoreBackup(path: string, options: RestoreOptions): Promise<RestoreReport> {
  const { location, migrationsFolder, onTable } = options;
  const { databaseUrl, dataDirectory } = location;
  if (databaseUrl === undefined) await refuseFullDirectory(dataDirectory);
  else await refuseFullServer(databaseUrl);
  const summary = await checkBackupFile(path);
  await refuseUnknownMigrations(summary.header, migrationsFolder);
  const keys = await openKeysOf(summary, options);

  const file = await openBackupFile(path);
  try {
    if (databaseUrl === undefined) {
      await restoreIntoDirectory(dataDirectory, file.snapshot, migrationsFolder, { keys, ...(onTable && { onTable }) });
    } else {
      await restoreIntoServer(databaseUrl, file.snapshot, migrationsFolder, {
        ...(onTable && { onTable }),
        // As into a data directory: keys without a database do no harm.
        beforePublication: async () => {
          if (keys !== undefined) await installKeys(dataDirectory, keys);
        },
      });
    }
  } finally {
    file.close();
  }
  return { ...summary, hasInstalledKeys: keys !== undefined };
}

async function openKeysOf(summary: BackupSummary, options: RestoreOptions): Promise<ProductKeys | undefined> {
  if (summary.keys === undefined || options.withoutKeys === true) return undefined;
  const keys = await openKeys(summary.keys, await options.passphrase());
  await refuseOtherKeys(options.location.dataDirectory, keys);
  return keys;
}
