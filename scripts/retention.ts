// Deletes what is over, once and to the end, or says what that would be. docs/operations.md has the table.
import { config } from "@/lib/env/config";
import { parseEnvironment } from "@/lib/env/parse-environment";
import { readEnvironment } from "@/lib/env/read-environment";
import { PURGES, runPurges } from "@/lib/server/housekeeping";
import { describeStartFailure } from "@/lib/server/start-failure";
import { withDatabase } from "./command/with-database";

const USAGE = "npm run retention, or npm run retention -- --dry-run to be told what it would delete.";
const WIDTH = Math.max(...Object.keys(PURGES).map((job) => job.length)) + 2;

async function tell(now: Date): Promise<void> {
  for (const [job, { due }] of Object.entries(PURGES)) {
    for (const { table, rows, oldest } of await due(now, config())) {
      const since = oldest === undefined ? "" : `, the oldest of ${oldest.toISOString()}`;
      console.log(`${job.padEnd(WIDTH)}${rows} of ${table}${since}`);
    }
  }
  console.log("Nothing was deleted.");
}

async function deleteAll(now: Date): Promise<void> {
  const slicesMax = Number.POSITIVE_INFINITY;
  const done = await runPurges(PURGES, { config: config(), now: () => now, slicesMax });
  for (const [job, deleted] of done) {
    // It drops whole partitions, and makes, indexes and merges others.
    const unit = job === "activity" ? "steps on partitions" : "rows";
    console.log(`${job.padEnd(WIDTH)}${deleted === undefined ? "failed, as the log says" : `${deleted} ${unit}`}`);
  }
  if ([...done.values()].includes(undefined)) process.exitCode = 1;
}

try {
  const [option, ...more] = process.argv.slice(2);
  if (more.length > 0 || (option !== undefined && option !== "--dry-run")) {
    console.error(USAGE);
    process.exitCode = 1;
  } else {
    const settings = await parseEnvironment(readEnvironment(process.cwd()));
    await withDatabase(settings, () => (option === undefined ? deleteAll : tell)(new Date()));
  }
} catch (error) {
  console.error(describeStartFailure(error, undefined));
  process.exitCode = 1;
}
