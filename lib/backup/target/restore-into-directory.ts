import "server-only";

import { randomBytes } from "node:crypto";
import { open, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { BackupError } from "@/lib/backup/backup-error";
import { installKeys, refuseOtherKeys } from "@/lib/backup/keys/product-keys";
import type { ProductKeys } from "@/lib/backup/keys/seal-keys";
import { removeAbandonedFolders, UNFINISHED } from "@/lib/backup/live/abandoned-folders";
import type { Snapshot } from "@/lib/backup/snapshot/snapshot.types";
import { openEmbeddedConnection } from "@/lib/db/connection";
import { lockDataDirectory } from "@/lib/db/data-directory/data-directory-lock";
import { closeDataDirectory } from "@/lib/db/data-directory/prepare-data-directory";
import { DATABASE_FOLDER } from "@/lib/env/keys/ensure-keys";
import { pathExists } from "@/lib/env/path-exists";
import { loadSnapshot, type OnTable } from "./load-snapshot";

/** Throws `BackupError` when there is a database in the data directory already. */
export async function refuseFullDirectory(dataDirectory: string): Promise<void> {
  if (!(await pathExists(join(dataDirectory, DATABASE_FOLDER)))) return;
  throw new BackupError(
    `${dataDirectory} holds a database already, and a restore replaces nothing. Name an empty DATA_DIR, or move this one away.`,
  );
}

/**
 * Makes the embedded database of an empty data directory from a snapshot. It is built beside its place and moved there when it
 * is whole and stored, so a process that is killed leaves an empty data directory, perhaps with the keys of the backup.
 */
export async function restoreIntoDirectory(
  dataDirectory: string,
  snapshot: Snapshot,
  migrationsFolder: string,
  { keys, onTable }: { keys: ProductKeys | undefined; onTable?: OnTable },
): Promise<void> {
  await refuseFullDirectory(dataDirectory);
  const lock = await lockDataDirectory(dataDirectory, { onLost: () => process.exit(1) });
  const unfinished = join(dataDirectory, `${UNFINISHED}${randomBytes(6).toString("hex")}`);
  try {
    await removeAbandonedFolders(dataDirectory);
    await refuseFullDirectory(dataDirectory);
    if (keys !== undefined) await refuseOtherKeys(dataDirectory, keys);
    const connection = await openEmbeddedConnection(unfinished);
    try {
      await loadSnapshot(connection, snapshot, migrationsFolder, onTable);
      await connection.withSession((run) => run("CHECKPOINT"));
    } finally {
      await connection.close();
    }
    await syncFolder(unfinished);
    // First the keys: a database without its own would not start, and keys without a database do no harm.
    if (keys !== undefined) await installKeys(dataDirectory, keys);
    await rename(unfinished, join(dataDirectory, DATABASE_FOLDER));
    await syncPath(dataDirectory);
    await closeDataDirectory(dataDirectory);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
    await lock.release();
  }
}

/** The embedded database does not wait for the disk when it writes. */
async function syncFolder(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await syncFolder(path);
    else if (entry.isFile()) await syncPath(path);
  }
  await syncPath(folder);
}

async function syncPath(path: string): Promise<void> {
  const file = await open(path, "r");
  await file.sync().finally(() => file.close());
}
