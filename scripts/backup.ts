// Writes all that the database holds into a new file, also while the server runs. docs/backup.md explains the options.
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { BackupError } from "@/lib/backup/backup-error";
import { describeBackupFailure } from "@/lib/backup/describe-backup-failure";
import { collectKeys } from "@/lib/backup/keys/product-keys";
import { readPassphrase } from "@/lib/backup/keys/read-passphrase";
import { sealKeys } from "@/lib/backup/keys/seal-keys";
import { makeBackup } from "@/lib/backup/make-backup";
import { parseDatabaseLocation } from "@/lib/env/parse-environment";
import { type Environment, readEnvironment } from "@/lib/env/read-environment";
import { version } from "../package.json";
import { readOptions, tellTable } from "./command/backup-command";

const USAGE = "Name one new file: npm run backup -- FILE [--with-keys] [--passphrase-file FILE]";

async function sealedKeys(environment: Environment, dataDirectory: string, file: string | undefined) {
  const keys = await collectKeys(environment, dataDirectory);
  const terminal = { input: process.stdin, output: process.stderr };
  return sealKeys(keys, await readPassphrase({ file, environment, terminal }, true));
}

try {
  const { values, positionals } = readOptions(USAGE, () =>
    parseArgs({
      allowPositionals: true,
      options: { "with-keys": { type: "boolean" }, "passphrase-file": { type: "string" } },
    }),
  );
  const [path, ...more] = positionals;
  if (path === undefined || more.length > 0) throw new BackupError(USAGE);
  const environment = readEnvironment(process.cwd());
  const location = parseDatabaseLocation(environment);
  const keys = values["with-keys"]
    ? await sealedKeys(environment, location.dataDirectory, values["passphrase-file"])
    : undefined;
  await makeBackup(path, {
    location,
    migrationsFolder: resolve("prisma/migrations"),
    product: version,
    now: new Date(),
    keys,
    onTable: tellTable,
  });
  console.log(`\nThe backup is in ${path}. It holds personal data: keep it as you keep the database.`);
  console.log(
    keys === undefined
      ? "The keys are not in it. Keep them elsewhere: without MASTER_KEY every client secret has to be issued again."
      : "The keys are in it, encrypted. Nobody can open them without the passphrase.",
  );
} catch (error) {
  console.error(describeBackupFailure(error));
  process.exitCode = 1;
}
