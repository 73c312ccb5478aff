// Copies the embedded database to a PostgreSQL server, while no Vestibule runs on it. docs/backup.md explains the options.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { BackupError } from "@/lib/backup/backup-error";
import { describeBackupFailure } from "@/lib/backup/describe-backup-failure";
import { keyFileSettings } from "@/lib/backup/keys/product-keys";
import { moveDatabase } from "@/lib/backup/move-database";
import { databaseUrl } from "@/lib/env/database-address";
import { parseDatabaseLocation } from "@/lib/env/parse-environment";
import { readEnvironment } from "@/lib/env/read-environment";
import { ValueError } from "@/lib/env/value-parsers";
import { readOptions, tellTable } from "./command/backup-command";

const USAGE =
  "Name the address of an empty PostgreSQL database: in DATABASE_URL, in a file with --to-file FILE, or with --to ADDRESS if it holds no password.";

function readAddress({ to, "to-file": file }: { to?: string; "to-file"?: string }, configured: string | undefined) {
  if (to !== undefined && file !== undefined) throw new BackupError(USAGE);
  const given = file === undefined ? to : readFileSync(file, "utf8").trim();
  try {
    return given === undefined ? configured : databaseUrl(given);
  } catch (error) {
    throw error instanceof ValueError ? new BackupError(`The address ${error.message}.`) : error;
  }
}

try {
  const { values } = readOptions(USAGE, () =>
    parseArgs({ options: { to: { type: "string" }, "to-file": { type: "string" } } }),
  );
  const location = parseDatabaseLocation(readEnvironment(process.cwd()));
  const to = readAddress(values, location.databaseUrl);
  if (to === undefined) throw new BackupError(USAGE);
  const { dataDirectory } = location;
  await moveDatabase({ dataDirectory, to }, resolve("prisma/migrations"), tellTable);
  console.log("\nMoved, and every table compared. Start the server with DATABASE_URL set to that address and:");
  for (const line of await keyFileSettings(dataDirectory)) console.log(line);
  console.log(
    `The database in ${dataDirectory} stays as it was and is not used any more. Keep the folder keys; remove the folder postgres when the new one is backed up.`,
  );
} catch (error) {
  console.error(describeBackupFailure(error));
  process.exitCode = 1;
}
