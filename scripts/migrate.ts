// Applies the pending migrations to the database of DATABASE_URL, or to the embedded one while no server uses it.
import { resolve } from "node:path";
import { lockDataDirectory } from "@/lib/db/data-directory/data-directory-lock";
import { migrateDatabase } from "@/lib/db/open-database";
import { parseDatabaseLocation } from "@/lib/env/parse-environment";
import { readEnvironment } from "@/lib/env/read-environment";
import { describeStartFailure } from "@/lib/server/start-failure";

try {
  const location = parseDatabaseLocation(readEnvironment(process.cwd()));
  const lock =
    location.databaseUrl === undefined
      ? await lockDataDirectory(location.dataDirectory, { onLost: () => process.exit(1) })
      : undefined;
  try {
    const applied = await migrateDatabase(location, resolve("prisma/migrations"));
    console.log(applied.length === 0 ? "The database is up to date." : `Applied: ${applied.join(", ")}`);
  } finally {
    await lock?.release();
  }
} catch (error) {
  console.error(describeStartFailure(error, undefined));
  process.exitCode = 1;
}
