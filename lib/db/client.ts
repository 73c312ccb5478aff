import "server-only";

import type { SqlDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import { PrismaClient } from "./generated/client";

/** Builds the database client on an open connection. */
export function createDatabaseClient(adapter: SqlDriverAdapterFactory) {
  return new PrismaClient({ adapter });
}

export type Database = ReturnType<typeof createDatabaseClient>;
/** The client inside `inTransaction`: the same models, none of the calls that open or end connections. */
export type Transaction = Parameters<Parameters<Database["$transaction"]>[0]>[0];

// Next.js bundles route handlers and pages apart, so a module can exist twice in one process: the client is kept outside.
const KEY = Symbol.for("vestibule.database");
const shared = globalThis as { [KEY]?: Database };

/** Makes `client` the one that `database()` returns in this process, in every bundle. */
export function setDatabase(client: Database | undefined): void {
  shared[KEY] = client;
}

/** Returns the process-wide database client. Throws when the server has not opened one. */
export function database(): Database {
  const client = shared[KEY];
  if (client === undefined) throw new Error("The database is not open: start the product through server.ts.");
  return client;
}

/** Runs `work` in one transaction: everything it writes, its audit event included, is stored together or not at all. */
export function inTransaction<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
  return database().$transaction(work, { maxWait: 5_000, timeout: 10_000 });
}
