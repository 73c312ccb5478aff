import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, inject } from "vitest";
import { createDatabaseClient, type Database, setDatabase } from "@/lib/db/client";
import { type DatabaseConnection, openPostgresConnection } from "@/lib/db/connection";
import { hashCheaply } from "./cheap-hash";
import { openEmbeddedTemplate } from "./embedded-snapshot";

declare module "vitest" {
  export interface ProvidedContext {
    /** A PostgreSQL server on which tests may create databases; empty means the embedded database. */
    testDatabaseUrl: string;
  }
}

type TestDatabase = {
  database: Database;
  /** What it is connected with, for tests that want a client of their own. */
  connection: DatabaseConnection;
  /** Runs what stores many rows, however long it takes: the product's limits on a statement do not hold for it. */
  fill(sql: string): Promise<void>;
  close(): Promise<void>;
};

/** Opens a migrated database for the tests of one file and makes it the process-wide one. */
export function useTestDatabase(): Pick<TestDatabase, "fill"> & { readonly database: Database } {
  let opened: TestDatabase | undefined;
  beforeAll(async () => {
    opened = await createTestDatabase();
    setDatabase(opened.database);
  });
  afterAll(async () => {
    setDatabase(undefined);
    await opened?.close();
  });
  function found(): TestDatabase {
    if (opened === undefined) throw new Error("The test database is opened in beforeAll: use it inside a test.");
    return opened;
  }
  return {
    get database() {
      return found().database;
    },
    fill: (sql) => found().fill(sql),
  };
}

/** No machine is so slow. What the product makes of its limits is shown where they are tested. */
const PATIENCE = { maxWait: 300_000, timeout: 300_000 };

/** Opens one empty, migrated database: in memory, or on the PostgreSQL server that the test project names. A copy, see database-template.ts. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const url = inject("testDatabaseUrl");
  const { connection, dispose } = url === "" ? await openInMemory() : await createOnServer(url);
  const database = createDatabaseClient(connection, { hash: hashCheaply, transactionLimits: PATIENCE });
  return {
    database,
    connection,
    fill: async (sql) => {
      await connection.withSession((run) => run(sql));
    },
    close: async () => {
      await database.$disconnect();
      await connection.close();
      await dispose();
    },
  };
}

async function openInMemory(): Promise<{ connection: DatabaseConnection; dispose(): Promise<void> }> {
  return { connection: await openEmbeddedTemplate(), dispose: async () => {} };
}

/** What would leave the outcome of a test to the machine, or to chance. */
const STEADY_SETTINGS = {
  // No commit waits for a disk on which others write: what survives a crash is tested where there is one.
  synchronous_commit: "off",
  // Of every table that a test fills ANALYZE then sees all rows, and not some of them.
  default_statistics_target: "1000",
  // How many of its workers the server has to spare depends on who else is using it.
  max_parallel_workers_per_gather: "0",
};

async function createOnServer(url: string): Promise<{ connection: DatabaseConnection; dispose(): Promise<void> }> {
  const name = `vestibule_test_${randomBytes(6).toString("hex")}`;
  await runOnServer(url, `CREATE DATABASE ${name} TEMPLATE ${inject("databaseTemplate")}`);
  const settings = Object.entries(STEADY_SETTINGS).map(([setting, value]) => `SET ${setting} = '${value}'`);
  await runOnServer(url, settings.map((setting) => `ALTER DATABASE ${name} ${setting}`).join(";"));
  const own = new URL(url);
  own.pathname = `/${name}`;
  return {
    connection: await openPostgresConnection(own.href, 10, { connectMsMax: PATIENCE.maxWait }),
    dispose: () => runOnServer(url, `DROP DATABASE ${name} WITH (FORCE)`),
  };
}

/** However long it takes: a database is dropped when all that was written is on the disk. */
async function runOnServer(url: string, sql: string): Promise<void> {
  const server = await openPostgresConnection(url, 1, { connectMsMax: 0 });
  await server.withSession((run) => run(sql));
  await server.close();
}
