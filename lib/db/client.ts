import "server-only";

import type { SqlDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import { findTracing, inSpan } from "@/lib/observability/tracing/tracing";
import { looksLikeHash } from "@/lib/secrets/looks-like-hash";
import { hashSecret, verifySecretHash } from "@/lib/secrets/password-hash";
import type { DatabaseConnection } from "./connection";
import { type Prisma, PrismaClient } from "./generated/client";
import { createSecretFieldExtension } from "./secret-field/secret-field";
import type { RunStatement } from "./statement";
import { isWriteConflict } from "./write-conflict";

/** The fields that hold secrets: hashed on every write, left out of every read that does not name them. */
const SECRET_FIELDS = {
  applicationSecret: { hash: true },
  staffMember: { passwordHash: true },
} as const satisfies Prisma.GlobalOmitConfig;

/** Milliseconds that a transaction waits for its connection, and that it may take from then on. */
const TRANSACTION_LIMITS = { maxWait: 5_000, timeout: 10_000 };

/**
 * Builds the database client on an open connection. `hash` and `transactionLimits` are for tests; what `hash` makes must
 * verify like the product's own.
 */
export function createDatabaseClient(
  {
    adapterFactory: adapter,
    runStatement,
    withSession,
  }: { adapterFactory: SqlDriverAdapterFactory } & Pick<DatabaseConnection, "runStatement" | "withSession">,
  {
    hash = (plain) => hashSecret(plain),
    transactionLimits: transactionOptions = TRANSACTION_LIMITS,
  }: { hash?: (plain: string) => Promise<string>; transactionLimits?: typeof TRANSACTION_LIMITS } = {},
) {
  // Prisma's longer error formats print the arguments of the call, hashes among them.
  const client = new PrismaClient({ adapter, omit: SECRET_FIELDS, errorFormat: "minimal", transactionOptions });
  const withSecrets = client.$extends(
    createSecretFieldExtension(client, {
      fields: SECRET_FIELDS,
      hash,
      verify: (stored, candidate) => verifySecretHash(stored, candidate),
      looksLikeHash,
    }),
  );
  const traced = findTracing() === undefined ? withSecrets : withSpans(withSecrets);
  const runTraced: RunStatement = (statement, values) =>
    inSpan(statement.name, DATABASE_FACTS, () => runStatement(statement, values));
  return traced.$extends({ client: { runStatement: runTraced, withSession } });
}

const DATABASE_FACTS = { "db.system.name": "postgresql" };

/** Each call outside of a transaction is a part of its request. Its arguments are not told. */
function withSpans<Client extends { $extends: unknown }>(client: Client): Client {
  const extend = client.$extends as PrismaClient["$extends"];
  return extend.call(client, {
    query: {
      $allOperations: ({ model, operation, args, query }) =>
        inSpan(model === undefined ? operation : `${operation} ${model}`, DATABASE_FACTS, async () => query(args)),
    },
    // It has the same calls.
  }) as unknown as Client;
}

export type Database = ReturnType<typeof createDatabaseClient>;
/**
 * The client inside `inTransaction`: the same models, none of the calls that open or end connections, nor
 * `runStatement` and `withSession`, which are on connections of their own, nor the slow one: whoever stores a secret has
 * hashed it before, as others wait for what a transaction holds.
 */
export type Transaction = Omit<
  Parameters<Parameters<Database["$transaction"]>[0]>[0],
  "hashSecret" | "runStatement" | "withSession"
>;

// Next.js bundles route handlers and pages apart, so a module can exist twice in one process: the client is kept
// outside.
const KEY = Symbol.for("vestibule.database");
const shared = globalThis as { [KEY]?: Database | undefined };

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

/**
 * Runs `work` in one transaction: everything it writes, its audit event included, is stored together or not at all. It
 * is run once more when the database gave it up for another one (`isWriteConflict`), so nothing in it may reach beyond
 * `tx`.
 */
export async function inTransaction<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
  return inSpan("transaction", DATABASE_FACTS, () => againOnConflict(() => database().$transaction(work)));
}

/**
 * Where a verb works that stores all it has to store in one statement. That is stored wholly or not at all by itself, so
 * it needs no transaction around it; where there is one, it takes part in it.
 */
export type Store = { reader: Transaction; runStatement: RunStatement };

/**
 * Runs `work`, which stores what it has to in one statement, without a transaction around it: that would be three more
 * journeys to the database. It is run once more when the database gave it up for another one, as `inTransaction` does.
 */
export async function inOneStatement<Result>(work: (store: Store) => Promise<Result>): Promise<Result> {
  const reader = database();
  return againOnConflict(() => work({ reader, runStatement: reader.runStatement }));
}

/** The same inside a transaction. */
export function storeWithin(tx: Transaction): Store {
  return { reader: tx, runStatement: ({ text }, values) => tx.$queryRawUnsafe(text, ...values) };
}

async function againOnConflict<Result>(run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (thrown) {
    if (!isWriteConflict(thrown)) throw thrown;
    return run();
  }
}
