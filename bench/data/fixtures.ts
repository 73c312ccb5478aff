// Prepares the product's database before the server starts, and prints what the load needs as the last line.
import { resolve } from "node:path";
import { SYSTEM } from "@/lib/audit/actor";
import { migrateDatabase } from "@/lib/db/open-database";
import { config } from "@/lib/env/config";
import { parseEnvironment } from "@/lib/env/parse-environment";
import { readEnvironment } from "@/lib/env/read-environment";
import { ensureFirstAdministrator } from "@/lib/staff/ensure-first-administrator";
import { withDatabase } from "@/scripts/command/with-database";
import { makeFixtures } from "./make-fixtures";

const settings = await parseEnvironment(readEnvironment(undefined));
// The embedded database migrates itself when it is opened.
if (settings.databaseUrl !== undefined) await migrateDatabase(settings, resolve("prisma/migrations"));
await withDatabase(settings, async () => {
  await ensureFirstAdministrator({ actor: SYSTEM, now: () => new Date(), config: config() });
  console.log(JSON.stringify(await makeFixtures()));
});
