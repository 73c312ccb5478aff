import "server-only";

import { BackupError } from "@/lib/backup/backup-error";
import type { Snapshot } from "@/lib/backup/snapshot/snapshot.types";
import { quoteName } from "@/lib/backup/snapshot/table-rows";
import { openPostgresConnection, type SessionRunner } from "@/lib/db/connection";
import { failToStart } from "@/lib/db/open-database";
import { loadSnapshot, type OnTable } from "./load-snapshot";
import { countContents, listMoves } from "./schema-contents";

/** Where the tables are until they are whole. */
const STAGING = "vestibule_restoring";
const STAGING_MARK = "An unfinished restore of Vestibule. The next one removes it.";
/** The key of the advisory lock under which one process restores. Any number, as long as it stays the same. */
const RESTORE_LOCK = 8_245_117_005;

/**
 * Fills an empty schema of the PostgreSQL server at `url` with a snapshot: the schema that the address names, or the one where
 * the product would make its tables. They are made in a schema of their own and moved there in one transaction when all of them
 * are whole, so whoever looks sees nothing or everything. What a process that was killed has left is removed by the next one.
 *
 * Throws `BackupError` when the schema is not empty or the role may not make schemas, and what the driver throws.
 */
export async function restoreIntoServer(
  url: string,
  snapshot: Snapshot,
  migrationsFolder: string,
  { onTable, beforePublication }: { onTable?: OnTable; beforePublication?: () => Promise<void> } = {},
): Promise<void> {
  await withTarget(url, async (run, schema) => {
    await removeStaging(run);
    await createStaging(run);
    const takeBack = await prepareSchema(run, schema);
    try {
      const staging = await openPostgresConnection(inSchema(url, STAGING), 2);
      await loadSnapshot(staging, snapshot, migrationsFolder, onTable).finally(() => staging.close());
      await beforePublication?.();
      await publish(run, schema);
    } catch (error) {
      // What is in the way of this is in the way of the answer too, and the next restore tries again.
      await removeStaging(run)
        .then(takeBack)
        .catch(() => undefined);
      throw error;
    }
  });
}

/** Throws `BackupError` unless the schema that the address names has room for a restore: nothing is in it. */
export async function refuseFullServer(url: string): Promise<void> {
  await withTarget(url, async () => {});
}

async function withTarget(url: string, work: (run: SessionRunner, schema: string) => Promise<void>): Promise<void> {
  const connection = await openPostgresConnection(url, 2);
  try {
    await connection.readRows("SELECT 1").catch(failToStart);
    await connection.withSession(async (run) => {
      const [found] = await run(
        `SELECT pg_try_advisory_lock(${RESTORE_LOCK}) AS "isMine",
           trim(both '"' FROM split_part(current_setting('search_path'), ',', 1)) AS schema`,
      );
      if (found?.isMine !== true) throw new BackupError("Another restore into this database is under way.");
      const schema = String(found.schema);
      await refuseContents(run, schema);
      await work(run, schema);
    });
  } finally {
    await connection.close();
  }
}

async function refuseContents(run: SessionRunner, schema: string): Promise<void> {
  const count = await countContents(run, schema);
  if (count === 0) return;
  throw new BackupError(
    `The schema ${schema} of this database is not empty (${count} tables, types or functions), and nothing in it is replaced. Make an empty database, or name a schema that is not there yet: add ?schema=NAME to the address.`,
  );
}

async function createStaging(run: SessionRunner): Promise<void> {
  try {
    await run(`CREATE SCHEMA ${STAGING}; COMMENT ON SCHEMA ${STAGING} IS '${STAGING_MARK}'`);
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
    if (code === "42501") {
      throw new BackupError(
        "The role may not make a schema in this database. Let it own the database for the restore.",
        { cause },
      );
    }
    if (code === "42P06") throw new BackupError(`There is a schema ${STAGING} that is not ours. Rename it.`, { cause });
    throw cause;
  }
}

/**
 * Makes the schema, if it is not there, and in it the extension that migrations would make in the other one: only a superuser
 * can move it. Where it is not to be had, migrations go on without it as well. Returns what takes both away again.
 */
async function prepareSchema(run: SessionRunner, schema: string): Promise<() => Promise<void>> {
  const name = quoteName(schema);
  const [found] = await run(
    `SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = $1::text) AS "hasSchema",
       EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_trgm') AS "hasTrigrams"`,
    [schema],
  );
  if (found?.hasSchema !== true) await run(`CREATE SCHEMA ${name}`);
  if (found?.hasTrigrams !== true) await run(`CREATE EXTENSION pg_trgm SCHEMA ${name}`).catch(() => undefined);
  return async () => {
    if (found?.hasTrigrams !== true) await run("DROP EXTENSION IF EXISTS pg_trgm");
    if (found?.hasSchema !== true) await run(`DROP SCHEMA ${name}`);
  };
}

/** Removes what a restore that was killed has left, and nothing that only has its name. */
async function removeStaging(run: SessionRunner): Promise<void> {
  const [found] = await run(
    "SELECT obj_description(oid, 'pg_namespace') AS mark FROM pg_namespace WHERE nspname = $1",
    [STAGING],
  );
  if (found?.mark === STAGING_MARK) await run(`SET client_min_messages = warning; DROP SCHEMA ${STAGING} CASCADE`);
}

/** One message, so one transaction: somebody who has filled the schema meanwhile makes it fail as a whole. */
async function publish(run: SessionRunner, schema: string): Promise<void> {
  const moves = await listMoves(run, STAGING, schema);
  await run([...moves, `DROP SCHEMA ${STAGING}`].join(";\n"));
}

function inSchema(url: string, schema: string): string {
  const [address = "", search = ""] = url.split("?", 2);
  const parameters = new URLSearchParams(search);
  parameters.set("schema", schema);
  return `${address}?${parameters}`;
}
