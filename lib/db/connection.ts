import "server-only";

import type { PGlite } from "@electric-sql/pglite";
import { PrismaPg } from "@prisma/adapter-pg";
import { DriverAdapterError, type SqlMigrationAwareDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import type { QueryResult } from "pg";
import { databaseAddress } from "@/lib/env/database-address";
import { copyDatabaseFiles } from "./data-directory/copy-database-files";
import { createPostgresPool, limitSilence } from "./postgres/pool";
import { PoolerError } from "./postgres/role-settings";
import type { RunStatement, Statement } from "./statement";

/** A way to read rows that both drivers offer. */
export type RowReader = (sql: string) => Promise<Record<string, unknown>[]>;

/**
 * The same on one session: several statements are one message, which PostgreSQL runs as one transaction, and the rows are
 * those of the last. With `values` it is one statement, in which they stand as `$1`, `$2`, …
 */
export type SessionRunner = (sql: string, values?: readonly unknown[]) => Promise<Record<string, unknown>[]>;

/** An open way to the database, embedded or not: what the Prisma client and the migrations are built on. */
export type DatabaseConnection = {
  kind: "embedded" | "postgresql";
  adapterFactory: SqlMigrationAwareDriverAdapterFactory;
  readRows: RowReader;
  /** For what is asked on every request of a machine: the driver alone costs a fraction of what Prisma does. */
  runStatement: RunStatement;
  /** Runs `work` on one session, without a limit on how long a statement may take. */
  withSession<Result>(work: (run: SessionRunner) => Promise<Result>): Promise<Result>;
  /**
   * Copies the files of the embedded database into `folder`, which must not be there, while no query runs: a copy opens as
   * the database itself would after kill -9, with all that was acknowledged. Undefined for a server and in memory.
   */
  copyFiles: ((folder: string) => Promise<void>) | undefined;
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
  const database = await PGlite.create(directory ?? "memory://", { extensions: { pg_trgm: trigrams } });
  return connectEmbedded(database, directory);
}

/**
 * Makes the connection of an embedded database that is open already; closing the one closes the other. `directory` is where
 * its files are, if there are any.
 */
export async function connectEmbedded(database: PGlite, directory?: string): Promise<DatabaseConnection> {
  const { PrismaPGlite } = await import("pglite-prisma-adapter");
  return {
    kind: "embedded",
    adapterFactory: withScriptRunner(
      // The adapter's types name an older copy of the shared interface package; the interface itself did not change.
      new PrismaPGlite(database) as unknown as SqlMigrationAwareDriverAdapterFactory,
      (script) => database.exec(script),
    ),
    readRows: async (sql) => (await database.query<Record<string, unknown>>(sql)).rows,
    runStatement: async <Row>({ text }: Statement, values: readonly unknown[]) =>
      (await database.query<Row>(text, [...values])).rows,
    withSession: (work) =>
      work(async (sql, values) =>
        values === undefined
          ? ((await database.exec(sql)).at(-1)?.rows ?? [])
          : (await database.query<Record<string, unknown>>(sql, [...values])).rows,
      ),
    copyFiles: directory === undefined ? undefined : (folder) => copyDatabaseFiles(database, directory, folder),
    close: () => database.close(),
  };
}

/**
 * Opens a pool to the PostgreSQL server at `url`. Connects lazily: an unreachable server shows at the first query.
 * Throws `ValueError` for an address that says what cannot be done. `connectMsMax` is for tests; 0 is without an end.
 */
export async function openPostgresConnection(
  url: string,
  poolSize = 10,
  { connectMsMax }: { connectMsMax?: number } = {},
): Promise<DatabaseConnection> {
  const address = databaseAddress(url);
  const { pool, findSchema } = await createPostgresPool(address, poolSize, connectMsMax);
  // A plan that is kept under a name is kept in one session, and the next transaction may get another.
  const named = ({ name, text }: Statement) => (address.isTransactionPooled ? { text } : { name, text });
  return {
    kind: "postgresql",
    adapterFactory: inSchema(findSchema, (schema) => new PrismaPg(pool, { schema })),
    readRows: async (sql) => rowsOf(await pool.query(sql)),
    // pg's types ask for rows with an index signature.
    runStatement: async <Row>(statement: Statement, values: readonly unknown[]) =>
      (await pool.query({ ...named(statement), values: [...values] })).rows as Row[],
    async withSession(work) {
      if (address.isTransactionPooled) throw new PoolerError(NEEDS_A_SESSION);
      const client = await pool.connect();
      try {
        limitSilence(client, 0);
        await client.query("SET statement_timeout = 0");
        return await work(async (sql, values) =>
          rowsOf(values === undefined ? await client.query(sql) : await client.query(sql, [...values])),
        );
      } finally {
        // Not given to anybody else: it has other limits, and perhaps locks.
        client.release(true);
      }
    },
    copyFiles: undefined,
    close: () => pool.end(),
  };
}

const NEEDS_A_SESSION =
  "Migrations and backups need a session of their own, which PgBouncer does not give. Run them with a DATABASE_URL that leads to the server itself, without pgbouncer=true.";

/** The result of one statement, or of several of which the last counts. */
function rowsOf(result: QueryResult | QueryResult[]): Record<string, unknown>[] {
  return (Array.isArray(result) ? result.at(-1)?.rows : result.rows) ?? [];
}

/** Prisma writes the schema into every statement, and which one it is may be known only once there is a session. */
function inSchema(findSchema: () => Promise<string>, create: (schema: string) => PrismaPg): PrismaPg {
  const factory = create("public");
  factory.connect = async () => create(await findSchema()).connect();
  return factory;
}

/**
 * Gives the adapter a way to run a script that is right: one simple-protocol message. Left alone, the adapter neither
 * waits for the script nor notices that it failed. The schema engine runs migrations so when it compares them.
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
