import "server-only";

import { join } from "node:path";
import { DATABASE_FOLDER } from "@/lib/env/keys/ensure-keys";
import { createDatabaseClient, setDatabase } from "./client";
import { type DatabaseConnection, openEmbeddedConnection, openPostgresConnection } from "./connection";
import { applyMigrations, getMigrationState } from "./migrations";

export type DatabaseLocation = { databaseUrl: string | undefined; dataDirectory: string };

/** The database cannot be used as it is. The message is for the operator and holds no part of DATABASE_URL. */
export class DatabaseStartError extends Error {
  override readonly name = "DatabaseStartError";
}

/**
 * Opens the database that the product runs on and makes it the process-wide one. The embedded database is brought up to
 * date by itself; a PostgreSQL server is not touched, because other instances of another version may be using it:
 * pending migrations throw `DatabaseStartError`, as do those of another version on either. With the embedded database
 * the caller holds the data directory's lock.
 */
export async function openDatabase(
  location: DatabaseLocation,
  migrationsFolder: string,
): Promise<{ close(): Promise<void> }> {
  const { connection, pending } = await connect(location, migrationsFolder);
  try {
    if (pending.length > 0) {
      if (connection.kind === "postgresql") throw new DatabaseStartError(describePending(pending));
      await applyMigrations(connection.adapterFactory, migrationsFolder);
    }
  } catch (error) {
    await connection.close();
    throw error;
  }
  const client = createDatabaseClient(connection.adapterFactory);
  setDatabase(client);
  return {
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
  const { connection, pending } = await connect(location, migrationsFolder);
  try {
    return pending.length === 0 ? [] : await applyMigrations(connection.adapterFactory, migrationsFolder);
  } finally {
    await connection.close();
  }
}

async function connect(
  { databaseUrl, dataDirectory }: DatabaseLocation,
  migrationsFolder: string,
): Promise<{ connection: DatabaseConnection; pending: string[] }> {
  const connection =
    databaseUrl === undefined
      ? await openEmbeddedConnection(join(dataDirectory, DATABASE_FOLDER))
      : await openPostgresConnection(databaseUrl);
  try {
    const { pending, unknown } = await getMigrationState(connection.readRows, migrationsFolder).catch((cause) => {
      throw new DatabaseStartError(`The database does not answer (${describeFailure(cause)}).`, { cause });
    });
    if (unknown.length > 0) throw new DatabaseStartError(describeUnknown(unknown, databaseUrl));
    return { connection, pending };
  } catch (error) {
    await connection.close();
    throw error;
  }
}

/** Nothing is applied on top of what this version does not know: half of two histories fits neither. */
function describeUnknown(unknown: readonly string[], databaseUrl: string | undefined): string {
  const where = databaseUrl === undefined ? "DATA_DIR" : "DATABASE_URL";
  return `Another version of Vestibule has changed this database (${unknown.join(", ")}). Start that version, or point ${where} at another database.`;
}

function describePending(pending: readonly string[]): string {
  const count = pending.length === 1 ? "One migration is" : `${pending.length} migrations are`;
  return `${count} missing in the database: ${pending.join(", ")}. Apply with: npm run db:migrate`;
}

/** The driver's code says enough; its message may quote the address with its password. */
function describeFailure(cause: unknown): string {
  return cause instanceof Error && "code" in cause ? String(cause.code) : "unknown error";
}
