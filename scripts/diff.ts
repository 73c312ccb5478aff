// Prints the SQL of the next migration: what the data model has that the migrations have not. `--name NAME` writes it.
import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { openEmbeddedConnection } from "@/lib/db/connection";
import { diffMigrations } from "@/lib/db/migrations";

const { values } = parseArgs({ options: { name: { type: "string" }, check: { type: "boolean" } } });
const folder = resolve("prisma/migrations");

const connection = await openEmbeddedConnection();
const sql = await diffMigrations(connection.adapterFactory, folder, resolve("prisma/schema.prisma"));
await connection.close();

if (sql === "") {
  console.log("The migrations and the data model agree.");
} else if (values.check) {
  console.error(
    "The data model has changes without a migration. Write one with: npm run db:diff -- --name what_changed",
  );
  process.exitCode = 1;
} else if (values.name === undefined) {
  console.log(sql);
} else {
  const stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
  const target = join(folder, `${stamp}_${values.name}`);
  await mkdir(target, { recursive: true });
  await writeFile(join(target, "migration.sql"), `${sql}\n`);
  console.log(`Wrote ${join(target, "migration.sql")}. Read it before you commit it.`);
}
