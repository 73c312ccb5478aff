import "server-only";

import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { SqlMigrationAwareDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import type { MigrationList } from "@prisma/schema-engine-wasm";
import { VERSION } from "@/lib/version";
import type { DatabaseConnection, RowReader } from "./connection";
import { startSchemaEngine } from "./schema-engine/schema-engine";
import { isOlderVersion, readOldestServer } from "./server-version/server-version";

/** What the data model leaves out: Prisma knows no partitioned tables, and would drop it. Read with SQL, by lib/activity. */
const FILTERS = { externalTables: ["public.activity"], externalEnums: [] };

/** The key of the advisory lock under which migrations are applied. Any number, as long as it stays the same. */
const MIGRATION_LOCK = 8_245_117_003;

/** A migration that the database refused. The message names it and says what the database said; nothing of it is there. */
export class MigrationError extends Error {
  override readonly name = "MigrationError";
}

/**
 * Applies every migration in `folder` that the database has not seen, in order, and returns their names. Each is stored
 * together with its row in `vestibule_migrations`, or not at all; of several processes one works and the others wait.
 * Throws `MigrationError` when one fails, and applies nothing after it. `only` names those that are wanted, for data that
 * an older version has left; all unless given.
 */
export async function applyMigrations(
  connection: Pick<DatabaseConnection, "withSession">,
  folder: string,
  only?: readonly string[],
): Promise<string[]> {
  return connection.withSession(async (run) => {
    await run(`SELECT pg_advisory_lock(${MIGRATION_LOCK})::text`);
    try {
      await prepareSchema(run);
      await adoptLedger(run, folder);
      const { pending: missing } = await getMigrationState(run, folder);
      const pending = missing.filter((name) => only?.includes(name) ?? true);
      for (const name of pending) await applyMigration(run, folder, name);
      return pending;
    } finally {
      await run(`SELECT pg_advisory_unlock(${MIGRATION_LOCK})`);
    }
  });
}

async function applyMigration(run: RowReader, folder: string, name: string): Promise<void> {
  if (!/^\w+$/.test(name))
    throw new MigrationError(`A migration is named by letters, digits and underscores, not ${name}.`);
  const script = await readFile(join(folder, name, "migration.sql"), "utf8");
  const checksum = createHash("sha256").update(script).digest("hex");
  const row = `'${name}', '${checksum}', '${readOldestServer(script)}'`;
  await run(`${script}\n;INSERT INTO vestibule_migrations (name, checksum, oldest_server) VALUES (${row})`).catch(
    (cause: unknown) => {
      const said = cause instanceof Error ? cause.message : String(cause);
      throw new MigrationError(`The migration ${name} failed, and nothing of it was applied: ${said}.`, { cause });
    },
  );
}

/** Makes the schema and the ledger in it. What extensions are in other schemas is found by migrations all the same. */
async function prepareSchema(run: RowReader): Promise<void> {
  const [found] = await run("SELECT current_setting('search_path') AS path, current_schema() AS schema");
  if (found?.schema === null) await run(`CREATE SCHEMA IF NOT EXISTS ${found.path}`);
  await run(
    `CREATE TABLE IF NOT EXISTS vestibule_migrations (
       name text PRIMARY KEY, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())`,
  );
  // Empty for what was applied before servers asked for it.
  await run("ALTER TABLE vestibule_migrations ADD COLUMN IF NOT EXISTS oldest_server text");
  await run(
    `SELECT set_config('search_path', concat_ws(', ', current_setting('search_path'), (
       SELECT quote_ident(nspname) FROM pg_extension JOIN pg_namespace n ON n.oid = extnamespace
       WHERE extname = 'pg_trgm' AND nspname <> current_schema())), false)`,
  );
}

/**
 * Takes over what versions before the ledger had noted in a table of Prisma's own name, which other products use too:
 * only if our tables are there without our ledger, and only rows of migrations that are ours.
 */
async function adoptLedger(run: RowReader, folder: string): Promise<void> {
  const [found] = await run(
    `SELECT NOT EXISTS (SELECT FROM vestibule_migrations) AND ${isHere("application_secrets")}
       AND ${isHere("staff_members")} AND ${isHere("_prisma_migrations")} AS "isOlder"`,
  );
  if (found?.isOlder !== true) return;
  const names = (await listMigrationNames(folder)).map((name) => `'${name}'`);
  await run(
    `INSERT INTO vestibule_migrations (name, checksum, applied_at)
     SELECT migration_name, checksum, finished_at FROM _prisma_migrations
     WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL AND migration_name IN (${names.join(", ") || "NULL"})`,
  );
}

/** An expression: whether the schema of the session, and not another one on its path, has this table. */
function isHere(table: string): string {
  return `to_regclass(quote_ident(current_schema()) || '.${table}') IS NOT NULL`;
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
      filters: FILTERS,
    });
    const script = stdout?.trim() ?? "";
    return script.startsWith("-- This is an empty migration") ? "" : script;
  } finally {
    engine.free();
  }
}

/** What the migrations in `folder` and the ledger of a database say about each other. */
export type MigrationState = {
  /** In the folder and not in the database. */
  pending: string[];
  /** Applied to the database and not in the folder: another version has been here. */
  unknown: string[];
  /** Those of `unknown` with which a server of this version cannot work, and the version that can, where it is said. */
  unfit: { name: string; oldestServer: string | undefined }[];
};

/**
 * Compares the migrations in `folder` with those that the database has had, for a server of `version`. Cheap: reads two
 * lists.
 */
export async function getMigrationState(
  readRows: RowReader,
  folder: string,
  version: string = VERSION,
): Promise<MigrationState> {
  const names = await listMigrationNames(folder);
  const [ledger] = await readRows(`SELECT ${isHere("vestibule_migrations")} AS "isHere"`);
  if (ledger?.isHere !== true) return { pending: names, unknown: [], unfit: [] };
  // Written so because a ledger that no later version has touched lacks the column.
  const applied = await readRows(
    `SELECT name, to_jsonb(m) ->> 'oldest_server' AS "oldestServer" FROM vestibule_migrations m ORDER BY name`,
  );
  const known = new Set(applied.map(({ name }) => name));
  const unknown = applied.filter(({ name }) => !names.includes(String(name)));
  return {
    pending: names.filter((name) => !known.has(name)),
    unknown: unknown.map(({ name }) => String(name)),
    unfit: unknown
      .map(({ name, oldestServer }) => ({
        name: String(name),
        oldestServer: oldestServer === null ? undefined : String(oldestServer),
      }))
      .filter(({ oldestServer }) => oldestServer === undefined || isOlderVersion(version, oldestServer)),
  };
}

/** The migrations that a database has had. Throws where there is no ledger of them. */
export async function readAppliedMigrations(readRows: RowReader): Promise<string[]> {
  const rows = await readRows("SELECT name FROM vestibule_migrations ORDER BY name");
  return rows.map(({ name }) => String(name));
}

/** The migrations in `folder`, in their order. */
export async function listMigrationNames(folder: string): Promise<string[]> {
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
