import "server-only";

import { randomBytes } from "node:crypto";
import { readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";

/** How the folder of a database begins that is being restored. */
export const UNFINISHED = "restoring-";
/** How the folder of a copy begins that a backup is made from. */
export const COPY = "copy-";

/** Removes what a restore or a backup that was killed has left. The caller holds the lock of the data directory. */
export async function removeAbandonedFolders(dataDirectory: string): Promise<void> {
  const names = await readdir(dataDirectory);
  const abandoned = names.filter((name) => name.startsWith(UNFINISHED) || name.startsWith(COPY));
  for (const name of abandoned) await removeDatabaseFolder(join(dataDirectory, name));
}

/**
 * Removes the files of a database that somebody may still read: all of them are gone from their place at once, because one of
 * which some are left could be read as a smaller one.
 */
export async function removeDatabaseFolder(folder: string): Promise<void> {
  const aside = `${folder}.${randomBytes(4).toString("hex")}`;
  await rename(folder, aside).catch(() => undefined);
  await rm(aside, { recursive: true, force: true });
}
