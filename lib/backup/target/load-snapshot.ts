import "server-only";

import { copyPartitions } from "@/lib/activity/partitions/copy-partitions";
import { BackupError } from "@/lib/backup/backup-error";
import { listTables, type TypedTable } from "@/lib/backup/snapshot/list-tables";
import { createRowSum, isSameSum } from "@/lib/backup/snapshot/row-sum";
import type { Snapshot, TableSum } from "@/lib/backup/snapshot/snapshot.types";
import { insertRowsSql, prepareSession, quoteName, readTableRows } from "@/lib/backup/snapshot/table-rows";
import type { DatabaseConnection, SessionRunner } from "@/lib/db/connection";
import { applyMigrations, listMigrationNames } from "@/lib/db/migrations";

/** Told of each table when it is there and was compared. */
export type OnTable = (name: string, sum: TableSum) => void;

/**
 * Fills an empty schema with a snapshot: its migrations, its rows, and then the migrations that have come since. Each table is
 * read again and compared with what was stored. Throws `BackupError` for a snapshot of another version and for one that does
 * not fit; the schema is then half full, so the caller lets nobody see it before this has returned.
 */
export async function loadSnapshot(
  connection: Pick<DatabaseConnection, "withSession">,
  snapshot: Snapshot,
  migrationsFolder: string,
  onTable?: OnTable,
): Promise<void> {
  await refuseUnknownMigrations(snapshot, migrationsFolder);
  await applyMigrations(connection, migrationsFolder, snapshot.migrations);
  await connection.withSession(async (run) => {
    await prepareSession(run);
    const tables = await matchTables(run, snapshot, migrationsFolder);
    const partitions = copyPartitions(snapshot.activityPartitions);
    await run(partitions.before.join(";\n"));
    const restore = await suspendChecks(run, tables);
    const sums = new Map<string, TableSum>();
    for (const table of tables) sums.set(table.name, await copyRows(run, snapshot, table));
    await run(partitions.after.join(";\n"));
    for (const statement of restore) await run(statement);
    for (const table of tables) {
      await compare(run, table, sums.get(table.name));
      await run(`ANALYZE ${quoteName(table.name)}`);
      onTable?.(table.name, sums.get(table.name) ?? { rows: 0, digest: "" });
    }
  });
  await applyMigrations(connection, migrationsFolder);
}

/** Throws `BackupError` unless this version knows every migration that the snapshot has had. */
export async function refuseUnknownMigrations(
  { migrations }: Pick<Snapshot, "migrations">,
  folder: string,
): Promise<void> {
  const known = await listMigrationNames(folder);
  const unknown = migrations.filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  throw new BackupError(
    `It was made by a newer version of Vestibule, with migrations that this one does not know (${unknown.join(", ")}). Use that version.`,
  );
}

/** The tables of the snapshot, in its order, with the types that their columns have here. */
async function matchTables(run: SessionRunner, { tables }: Snapshot, folder: string): Promise<TypedTable[]> {
  const here = await listTables(run, folder);
  const matched = tables.flatMap(({ name, columns }) => {
    const found = here.find((table) => table.name === name);
    const types = columns.flatMap((column) => found?.types[found.columns.indexOf(column)] ?? []);
    const isSame = types.length === columns.length && columns.length === found?.columns.length;
    return isSame ? [{ name, columns, types }] : [];
  });
  if (matched.length !== tables.length || tables.length !== here.length) {
    throw new BackupError(
      "Its tables are not those of its migrations: it was altered, or somebody has changed the schema.",
    );
  }
  return matched;
}

/**
 * Takes away what would judge rows while some are not there yet, and returns the statements that bring it back: references,
 * which are then checked all at once, and triggers, which would refuse or change what others have left.
 */
async function suspendChecks(run: SessionRunner, tables: readonly TypedTable[]): Promise<string[]> {
  const references = await run(
    `SELECT quote_ident(relname) AS "table", quote_ident(conname) AS name, pg_get_constraintdef(r.oid) AS definition
     FROM pg_constraint r JOIN pg_class c ON c.oid = conrelid
     WHERE contype = 'f' AND conparentid = 0 AND relnamespace = current_schema()::regnamespace AND relname = ANY($1::text[])`,
    [tables.map(({ name }) => name)],
  );
  const names = tables.map(({ name }) => quoteName(name));
  for (const name of names) await run(`ALTER TABLE ${name} DISABLE TRIGGER USER`);
  for (const { table, name } of references) await run(`ALTER TABLE ${table} DROP CONSTRAINT ${name}`);
  return [
    ...references.map(({ table, name, definition }) => `ALTER TABLE ${table} ADD CONSTRAINT ${name} ${definition}`),
    ...names.map((name) => `ALTER TABLE ${name} ENABLE TRIGGER USER`),
  ];
}

async function copyRows(run: SessionRunner, snapshot: Snapshot, table: TypedTable): Promise<TableSum> {
  const sql = insertRowsSql(table, table.types);
  const sum = createRowSum();
  for await (const lines of snapshot.readTable(table)) {
    sum.add(lines);
    await run(sql, [`[${lines.join(",")}]`]);
  }
  return sum.total();
}

async function compare(run: SessionRunner, table: TypedTable, expected: TableSum | undefined): Promise<void> {
  const sum = createRowSum();
  await run("BEGIN TRANSACTION READ ONLY");
  for await (const lines of readTableRows(run, table)) sum.add(lines);
  await run("COMMIT");
  if (expected !== undefined && isSameSum(expected, sum.total())) return;
  throw new BackupError(`The rows of ${table.name} are not the same after they were stored. Nothing was kept.`);
}
