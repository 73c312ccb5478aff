import "server-only";

import type { PGlite } from "@electric-sql/pglite";
import { PrismaPg } from "@prisma/adapter-pg";
import { DriverAdapterError, type SqlMigrationAwareDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import type { RowReader } from "./migrations";

/** An open way to the database, embedded or not: what the Prisma client and the migrations are built on. */
export type DatabaseConnection = {
  kind: "embedded" | "postgresql";
  adapterFactory: SqlMigrationAwareDriverAdapterFactory;
  readRows: RowReader;
  /** Ends the connection. The embedded database writes its last pages here: it must not be skipped. */
  close(): Promise<void>;
};

/**
 * Opens PostgreSQL compiled to WebAssembly in `directory`, or in memory when none is given. The caller holds the lock.
 */
export async function openEmbeddedConnection(directory?: string): Promise<DatabaseConnection> {
  const [{ PGlite }, { pg_trgm: trigrams }] = await Promise.all([
    import("@electric-sql/pglite"),
    import("@electric-sql/pglite/contrib/pg_trgm"),
  ]);
  return connectEmbedded(await PGlite.create(directory ?? "memory://", { extensions: { pg_trgm: trigrams } }));
}

/** Makes the connection of an embedded database that is open already; closing the one closes the other. */
export async function connectEmbedded(database: PGlite): Promise<DatabaseConnection> {
  const { PrismaPGlite } = await import("pglite-prisma-adapter");
  return {
    kind: "embedded",
    adapterFactory: withScriptRunner(
      // The adapter's types name an older copy of the shared interface package; the interface itself did not change.
      new PrismaPGlite(database) as unknown as SqlMigrationAwareDriverAdapterFactory,
      (script) => database.exec(script),
    ),
    readRows: async (sql) => (await database.query<Record<string, unknown>>(sql)).rows,
    close: () => database.close(),
  };
}

/** Opens a pool to the PostgreSQL server at `url`. Connects lazily: an unreachable server shows at the first query. */
export async function openPostgresConnection(url: string, poolSize = 10): Promise<DatabaseConnection> {
  const { default: pg } = await import("pg");
  const pool = new pg.Pool({ connectionString: url, max: poolSize, connectionTimeoutMillis: 5_000 });
  // A lost idle connection is replaced at the next query; without a listener it would end the process.
  pool.on("error", () => {});
  return {
    kind: "postgresql",
    adapterFactory: withScriptRunner(new PrismaPg(pool), (script) => pool.query(script)),
    readRows: async (sql) => (await pool.query(sql)).rows,
    close: () => pool.end(),
  };
}

/**
 * Gives the adapter a way to run a migration's SQL that is right on both drivers: one simple-protocol message, which
 * PostgreSQL runs as one transaction. Left alone, one adapter does not wait for the script nor notice that it failed,
 * and the other cuts it at every semicolon, inside function bodies too.
 */
function withScriptRunner(
  factory: SqlMigrationAwareDriverAdapterFactory,
  runScript: (script: string) => Promise<unknown>,
): SqlMigrationAwareDriverAdapterFactory {
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const adapter = await connect();
    adapter.executeScript = async (script) => {
      await runScript(script).catch((cause: unknown) => {
        throw new DriverAdapterError(toAdapterError(cause));
      });
    };
    return adapter;
  };
  return factory;
}

/** The shape in which a driver adapter reports what PostgreSQL said. */
function toAdapterError(cause: unknown): ConstructorParameters<typeof DriverAdapterError>[0] {
  const { code, severity, message, detail, column, hint } = cause as Partial<Record<string, string>>;
  return {
    kind: "postgres",
    code: code ?? "N/A",
    severity: severity ?? "N/A",
    message: message ?? String(cause),
    detail,
    column,
    hint,
  };
}
