import "server-only";

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { SessionRunner } from "@/lib/db/connection";
import { listMigrationNames } from "@/lib/db/migrations";
import type { TableShape } from "./snapshot.types";

/** A table with the types of its columns, as SQL writes them. */
export type TypedTable = TableShape & { types: readonly string[] };

/**
 * Lists the tables of the product in the schema of the session: those that its migrations have created and that are still
 * there. Other products may have theirs in the same schema. Partitions count with the table that they are part of.
 */
export async function listTables(run: SessionRunner, migrationsFolder: string): Promise<TypedTable[]> {
  const names = await readCreatedTables(migrationsFolder);
  const rows = await run(
    `SELECT c.relname::text AS name, a.attname::text AS "column", format_type(a.atttypid, a.atttypmod) AS type
     FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
     WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
       AND c.relname = ANY($1::text[]) AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
     ORDER BY c.relname COLLATE "C", a.attnum`,
    [names],
  );
  const tables = new Map<string, { columns: string[]; types: string[] }>();
  for (const { name, column, type } of rows) {
    const table = tables.get(String(name)) ?? { columns: [], types: [] };
    table.columns.push(String(column));
    table.types.push(String(type));
    tables.set(String(name), table);
  }
  return [...tables].map(([name, table]) => ({ name, ...table }));
}

async function readCreatedTables(migrationsFolder: string): Promise<string[]> {
  const names = await listMigrationNames(migrationsFolder);
  const scripts = await Promise.all(
    names.map((name) => readFile(join(migrationsFolder, name, "migration.sql"), "utf8")),
  );
  // A table that was renamed is missed: database-snapshot.integration.test.ts compares the list with the catalogue.
  return scripts.flatMap((script) =>
    Array.from(script.matchAll(/^CREATE TABLE (?:IF NOT EXISTS )?"?(\w+)"?/gim), ([, name = ""]) => name),
  );
}
