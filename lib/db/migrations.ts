import "server-only";

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { SqlMigrationAwareDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import type { MigrationList } from "@prisma/schema-engine-wasm";
import { startSchemaEngine } from "./schema-engine";

const NO_FILTER = { externalTables: [], externalEnums: [] };

/**
 * A way to read rows that both drivers offer; the bookkeeping table is read without Prisma, which may not fit it yet.
 */
export type RowReader = (sql: string) => Promise<Record<string, unknown>[]>;

/**
 * Applies every migration that the database has not seen, in order, exactly as `prisma migrate deploy` does
 * (same folder, same `_prisma_migrations` bookkeeping), and returns their names.
 * Throws when one fails: the engine marks it as failed and applies nothing after it.
 */
export async function applyMigrations(
  adapterFactory: SqlMigrationAwareDriverAdapterFactory,
  folder: string,
): Promise<string[]> {
  const engine = await startSchemaEngine(adapterFactory);
  try {
    const migrationsList = await readMigrationList(folder);
    const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList, filters: NO_FILTER });
    return appliedMigrationNames;
  } finally {
    engine.free();
  }
}

/**
 * Returns the SQL that leads from the migrations in `folder` to the data model in `schemaPath`; empty when they agree.
 */
export async function diffMigrations(
  adapterFactory: SqlMigrationAwareDriverAdapterFactory,
  folder: string,
  schemaPath: string,
): Promise<string> {
  const engine = await startSchemaEngine(adapterFactory);
  try {
    const migrations = await readMigrationList(folder);
    const { stdout } = await engine.diff({
      from: migrations.migrationDirectories.length === 0 ? { tag: "empty" } : { tag: "migrations", ...migrations },
      to: { tag: "schemaDatamodel", files: [{ path: schemaPath, content: await readFile(schemaPath, "utf8") }] },
      script: true,
      exitCode: null,
      filters: NO_FILTER,
    });
    const script = stdout?.trim() ?? "";
    return script.startsWith("-- This is an empty migration") ? "" : script;
  } finally {
    engine.free();
  }
}

/** What the migrations in `folder` and the bookkeeping of a database say about each other. */
export type MigrationState = {
  /** In the folder and not finished in the database. */
  pending: string[];
  /** Applied to the database and not in the folder: another version has been here. */
  unknown: string[];
};

/** Compares the migrations in `folder` with those that the database has had. Cheap: reads two lists. */
export async function getMigrationState(readRows: RowReader, folder: string): Promise<MigrationState> {
  const names = await listMigrationNames(folder);
  const [table] = await readRows("SELECT to_regclass('_prisma_migrations') IS NOT NULL AS present");
  if (table?.present !== true) return { pending: names, unknown: [] };
  const rows = await readRows(
    `SELECT migration_name AS name, finished_at IS NOT NULL AS finished FROM _prisma_migrations
     WHERE rolled_back_at IS NULL ORDER BY migration_name`,
  );
  const finished = new Set(rows.filter((row) => row.finished === true).map(({ name }) => name));
  return {
    pending: names.filter((name) => !finished.has(name)),
    unknown: rows.map(({ name }) => String(name)).filter((name) => !names.includes(name)),
  };
}

async function listMigrationNames(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

async function readMigrationList(folder: string): Promise<MigrationList> {
  const names = await listMigrationNames(folder);
  return {
    baseDir: folder,
    lockfile: { path: "migration_lock.toml", content: await readFile(join(folder, "migration_lock.toml"), "utf8") },
    shadowDbInitScript: "",
    migrationDirectories: await Promise.all(
      names.map(async (name) => ({
        path: name,
        migrationFile: {
          path: "migration.sql",
          content: { tag: "ok" as const, value: await readFile(join(folder, name, "migration.sql"), "utf8") },
        },
      })),
    ),
  };
}
