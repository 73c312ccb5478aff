import "server-only";

import { constants } from "node:fs";
import { cp } from "node:fs/promises";
import type { PGlite } from "@electric-sql/pglite";

/**
 * Copies the files of an open embedded database from `directory` to `folder`, which must not be there. Queries wait
 * meanwhile, so nothing is written; a transaction that is under way is undone when the copy is opened, as after a crash.
 * Where the file system can, the copy shares its blocks with the original and costs neither time nor room.
 */
export async function copyDatabaseFiles(database: PGlite, directory: string, folder: string): Promise<void> {
  // What is in the files need not be repeated from the log when the copy is opened.
  await database.exec("CHECKPOINT");
  await database.runExclusive(() =>
    cp(directory, folder, { recursive: true, errorOnExist: true, force: false, mode: constants.COPYFILE_FICLONE }),
  );
}
