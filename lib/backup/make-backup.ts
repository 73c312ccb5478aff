import "server-only";

import { join } from "node:path";
import { type DatabaseConnection, openEmbeddedConnection } from "@/lib/db/connection";
import { lockDataDirectory } from "@/lib/db/data-directory/data-directory-lock";
import { connectDatabase, type DatabaseLocation } from "@/lib/db/open-database";
import { DATABASE_FOLDER } from "@/lib/env/keys/ensure-keys";
import { pathExists } from "@/lib/env/path-exists";
import { BackupError } from "./backup-error";
import type { SealedKeys } from "./file/backup-format";
import { writeBackupFile } from "./file/write-backup-file";
import { requestCopy } from "./live/request-copy";
import { withDatabaseSnapshot } from "./snapshot/database-snapshot";
import { type OnTable, refuseUnknownMigrations } from "./target/load-snapshot";

export type BackupOptions = {
  location: DatabaseLocation;
  migrationsFolder: string;
  /** The version of the product, for whoever reads the file one day. */
  product: string;
  now: Date;
  keys: SealedKeys | undefined;
  onTable?: OnTable;
};

/**
 * Writes all that the database holds at one moment into a new file. A server may be running on it: the embedded one is then read
 * from a copy that the server makes. Throws `BackupError` and `DatabaseStartError` for what the operator can mend.
 */
export async function makeBackup(path: string, options: BackupOptions): Promise<void> {
  if (await pathExists(path)) throw new BackupError(`${path} is there already. Name a new file.`);
  await withSource(options.location, options.migrationsFolder, (connection) => writeFrom(connection, path, options));
}

async function writeFrom(connection: DatabaseConnection, path: string, options: BackupOptions): Promise<void> {
  const { migrationsFolder, product, now, keys, onTable } = options;
  await withDatabaseSnapshot(connection, migrationsFolder, async (snapshot) => {
    await refuseUnknownMigrations(snapshot, migrationsFolder);
    const about = { product, database: connection.kind, createdAt: now };
    await writeBackupFile(path, { snapshot, about, keys, ...(onTable && { onTable }) });
  });
}

async function withSource(
  location: DatabaseLocation,
  migrationsFolder: string,
  work: (connection: DatabaseConnection) => Promise<void>,
): Promise<void> {
  if (location.databaseUrl !== undefined) {
    const connection = await connectDatabase({ ...location, databasePoolSize: 2 }, migrationsFolder);
    return work(connection).finally(() => connection.close());
  }
  const { dataDirectory } = location;
  await requireEmbeddedDatabase(dataDirectory);
  const copy = await requestCopy(dataDirectory);
  if (copy === undefined) return withStoppedDatabase(dataDirectory, migrationsFolder, work);
  try {
    const connection = await openEmbeddedConnection(copy.folder);
    await work(connection).finally(() => connection.close());
  } finally {
    await copy.release();
  }
}

/**
 * Runs `work` on the embedded database while no server runs on it. Throws `DataDirectoryBusyError` while one does, and
 * `BackupError` when there is no database.
 */
export async function withStoppedDatabase<Result>(
  dataDirectory: string,
  migrationsFolder: string,
  work: (connection: DatabaseConnection) => Promise<Result>,
): Promise<Result> {
  await requireEmbeddedDatabase(dataDirectory);
  const lock = await lockDataDirectory(dataDirectory, { onLost: () => process.exit(1) });
  try {
    const connection = await connectDatabase({ databaseUrl: undefined, dataDirectory }, migrationsFolder);
    return await work(connection).finally(() => connection.close());
  } finally {
    await lock.release();
  }
}

async function requireEmbeddedDatabase(dataDirectory: string): Promise<void> {
  if (await pathExists(join(dataDirectory, DATABASE_FOLDER))) return;
  throw new BackupError(`There is no database in ${dataDirectory}. Set DATA_DIR or DATABASE_URL as the server has it.`);
}
