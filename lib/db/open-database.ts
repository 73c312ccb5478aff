import "server-only";

import { join } from "node:path";
import { DATABASE_FOLDER } from "@/lib/env/keys/ensure-keys";
import { VERSION } from "@/lib/version";
import { createDatabaseClient, type Database, setDatabase } from "./client";
import { type DatabaseConnection, openEmbeddedConnection, openPostgresConnection } from "./connection";
import { closeDataDirectory } from "./data-directory/prepare-data-directory";
import { describeDatabaseFailure } from "./describe-database-failure";
import { DISK_FULL } from "./full-disk";
import { applyMigrations, getMigrationState, MigrationError, type MigrationState } from "./migrations";
import { NoSchemaError, PoolerError } from "./postgres/role-settings";
import { ANY_VERSION, isOlderVersion } from "./server-version/server-version";
import { findWriteObstacle } from "./write-obstacle";

export type DatabaseLocation = {
  databaseUrl: string | undefined;
  dataDirectory: string;
  /** How many connections to the server at `databaseUrl` there may be at once. */
  databasePoolSize?: number;
};

export type OpenDatabase = Pick<DatabaseConnection, "close" | "copyFiles">;

/** The database cannot be used as it is. The message is for the operator and holds no part of DATABASE_URL. */
export class DatabaseStartError extends Error {
  override readonly name = "DatabaseStartError";
}

/**
 * Opens the database that the product runs on and makes it the process-wide one. The embedded database is brought up to
 * date by itself; a PostgreSQL server is not touched, because other instances of another version may be using it:
 * pending migrations throw `DatabaseStartError`. Migrations of a newer version that leave this one working are no
 * obstacle; others throw it too. With the embedded database the caller holds the data directory's lock.
 */
export async function openDatabase(
  location: DatabaseLocation,
  migrationsFolder: string,
  version: string = VERSION,
): Promise<OpenDatabase> {
  const { connection, state } = await connect(location, migrationsFolder, version);
  const { pending } = state;
  try {
    refuseUnknown(state, location);
    if (pending.length > 0) {
      if (connection.kind === "postgresql") throw new DatabaseStartError(describePending(pending));
      await applyMigrations(connection, migrationsFolder);
    }
    const client = createDatabaseClient(connection);
    await requireWritable(client);
    // The embedded database gives its files modes of its own when it makes them, whatever the umask says.
    if (connection.kind === "embedded") await closeDataDirectory(location.dataDirectory);
    return publish(client, connection);
  } catch (error) {
    await connection.close();
    throw toStartError(error);
  }
}

function publish(client: Database, connection: DatabaseConnection): OpenDatabase {
  setDatabase(client);
  return {
    copyFiles: connection.copyFiles,
    async close() {
      setDatabase(undefined);
      await client.$disconnect();
      await connection.close();
    },
  };
}

/**
 * Applies what is pending, on either kind of database, and returns the names. With the embedded database the caller
 * holds the data directory's lock. Throws `DatabaseStartError` when the database does not answer or is another
 * version's.
 */
export async function migrateDatabase(location: DatabaseLocation, migrationsFolder: string): Promise<string[]> {
  const { connection, state } = await connect(location, migrationsFolder, VERSION);
  const { pending } = state;
  try {
    refuseUnknown(state, location);
    return pending.length === 0 ? [] : await applyMigrations(connection, migrationsFolder);
  } catch (error) {
    throw toStartError(error);
  } finally {
    await connection.close();
  }
}

/**
 * Opens the database as it is, without making it the process-wide one. Throws `DatabaseStartError` when it does not answer
 * or another version has migrated it, in whatever way: who reads all of it has to know all of it. With the embedded
 * database the caller holds the lock.
 */
export async function connectDatabase(
  location: DatabaseLocation,
  migrationsFolder: string,
): Promise<DatabaseConnection> {
  const { connection, state } = await connect(location, migrationsFolder, VERSION);
  try {
    if (state.unknown.length > 0)
      throw new DatabaseStartError(describeUnknown(state.unknown, location.databaseUrl, undefined));
    return connection;
  } catch (error) {
    await connection.close();
    throw error;
  }
}

async function connect(
  { databaseUrl, dataDirectory, databasePoolSize }: DatabaseLocation,
  migrationsFolder: string,
  version: string,
): Promise<{ connection: DatabaseConnection; state: MigrationState }> {
  const connection =
    databaseUrl === undefined
      ? await openEmbeddedConnection(join(dataDirectory, DATABASE_FOLDER))
      : await openPostgresConnection(databaseUrl, databasePoolSize).catch(failToStart);
  try {
    const state = await getMigrationState(connection.readRows, migrationsFolder, version).catch(failToStart);
    return { connection, state };
  } catch (error) {
    await connection.close();
    throw error;
  }
}

/** Throws `DatabaseStartError` for what another version has left that this one must not go on with. */
function refuseUnknown({ pending, unknown, unfit }: MigrationState, { databaseUrl }: DatabaseLocation): void {
  // Nothing is applied on top of what this version does not know: half of two histories fits neither.
  const refused = pending.length > 0 ? unknown : unfit.map(({ name }) => name);
  if (refused.length === 0) return;
  const needed = unfit.flatMap(({ oldestServer }) => oldestServer ?? []);
  const oldest = needed.reduce((newest, each) => (isOlderVersion(newest, each) ? each : newest), ANY_VERSION);
  throw new DatabaseStartError(describeUnknown(refused, databaseUrl, oldest === ANY_VERSION ? undefined : oldest));
}

async function requireWritable(client: Database): Promise<void> {
  const obstacle = await findWriteObstacle(client).catch(failToStart);
  if (obstacle === undefined) return;
  throw new DatabaseStartError(describeDatabaseFailure(Object.assign(new Error(), { code: SQL_STATES[obstacle] })));
}

/** What PostgreSQL would answer to a write. */
const SQL_STATES = { read_only: "25006", not_permitted: "42501", database_full: DISK_FULL } as const;

/** Throws what keeps a database from being asked at all, as a `DatabaseStartError`. */
export function failToStart(cause: unknown): never {
  if (cause instanceof NoSchemaError) {
    throw new DatabaseStartError(
      "The search_path of the role names no schema that exists. Create one, or name it with ?schema=NAME in DATABASE_URL.",
      { cause },
    );
  }
  if (cause instanceof PoolerError) throw new DatabaseStartError(cause.message, { cause });
  throw new DatabaseStartError(describeDatabaseFailure(cause), { cause });
}

/** What an operator can mend becomes a sentence; a mistake of ours keeps its stack. */
function toStartError(error: unknown): unknown {
  if (error instanceof MigrationError || error instanceof PoolerError)
    return new DatabaseStartError(error.message, { cause: error });
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return /^(?:25006|42501|53...|57...)$/.test(code) ? new DatabaseStartError(describeDatabaseFailure(error)) : error;
}

function describeUnknown(
  names: readonly string[],
  databaseUrl: string | undefined,
  oldest: string | undefined,
): string {
  const where = databaseUrl === undefined ? "DATA_DIR" : "DATABASE_URL";
  const which = oldest === undefined ? "that version" : `${oldest} or newer`;
  return `Another version of Vestibule has changed this database (${names.join(", ")}). Start ${which}, or point ${where} at another database.`;
}

function describePending(pending: readonly string[]): string {
  const count = pending.length === 1 ? "One migration is" : `${pending.length} migrations are`;
  return `${count} missing in the database: ${pending.join(", ")}. Apply with: npm run db:migrate`;
}
