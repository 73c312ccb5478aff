// Makes a database of a backup, in an empty place. docs/backup.md explains the options.
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { BackupError } from "@/lib/backup/backup-error";
import { describeBackupFailure } from "@/lib/backup/describe-backup-failure";
import { type BackupSummary, checkBackupFile } from "@/lib/backup/file/open-backup-file";
import { keyFileSettings } from "@/lib/backup/keys/product-keys";
import { readPassphrase } from "@/lib/backup/keys/read-passphrase";
import { type RestoreReport, restoreBackup } from "@/lib/backup/restore-backup";
import { parseDatabaseLocation } from "@/lib/env/parse-environment";
import { readEnvironment } from "@/lib/env/read-environment";
import { readOptions, tellTable } from "./command/backup-command";

const USAGE = "Name one file: npm run restore -- FILE [--check] [--without-keys] [--passphrase-file FILE]";

type Location = ReturnType<typeof parseDatabaseLocation>;

function summarise({ header: { product, createdAt, database, hasKeys } }: BackupSummary): string {
  const kind = database === "embedded" ? "the embedded database" : "PostgreSQL";
  return `Made by Vestibule ${product} at ${createdAt} from ${kind}, ${hasKeys ? "with" : "without"} keys.`;
}

async function nextStep(report: RestoreReport, { databaseUrl, dataDirectory }: Location): Promise<string> {
  if (!report.hasInstalledKeys) {
    return "The keys did not come with it. Give the server those of the old installation before it starts: without MASTER_KEY every client secret has to be issued again.";
  }
  if (databaseUrl === undefined) return `The keys are in ${dataDirectory}/keys. Start the server.`;
  return ["Start the server with DATABASE_URL and:", ...(await keyFileSettings(dataDirectory))].join("\n");
}

try {
  const { values, positionals } = readOptions(USAGE, () =>
    parseArgs({
      allowPositionals: true,
      options: {
        check: { type: "boolean" },
        "without-keys": { type: "boolean" },
        "passphrase-file": { type: "string" },
      },
    }),
  );
  const [path, ...more] = positionals;
  if (path === undefined || more.length > 0) throw new BackupError(USAGE);
  if (values.check) {
    const summary = await checkBackupFile(path);
    for (const [name, sum] of summary.tables) tellTable(name, sum);
    console.log(`\n${summarise(summary)} It is whole.`);
  } else {
    const environment = readEnvironment(process.cwd());
    const location = parseDatabaseLocation(environment);
    const terminal = { input: process.stdin, output: process.stderr };
    const report = await restoreBackup(path, {
      location,
      migrationsFolder: resolve("prisma/migrations"),
      passphrase: () => readPassphrase({ file: values["passphrase-file"], environment, terminal }, false),
      withoutKeys: values["without-keys"] ?? false,
      onTable: tellTable,
    });
    console.log(`\nRestored, and every table compared. ${summarise(report)}`);
    console.log(await nextStep(report, location));
  }
} catch (error) {
  console.error(describeBackupFailure(error));
  process.exitCode = 1;
}
