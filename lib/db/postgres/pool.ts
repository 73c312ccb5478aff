import "server-only";

import type { EventEmitter } from "node:events";
import type { Socket } from "node:net";
import type pg from "pg";
import type { DatabaseAddress } from "@/lib/env/database-address";
import { log } from "@/lib/observability/logger";
import { provideGauge } from "@/lib/observability/metrics/metrics";
import { DISK_FULL, noteDatabaseFull } from "../full-disk";
import { NoSchemaError, requireRoleSettings } from "./role-settings";
import { beginSessionSql, SILENCE_MS_MAX } from "./session-settings";
import { createTlsChoice } from "./tls";

export type PostgresPool = {
  pool: pg.Pool;
  /** The schema in which every session of this pool is. Connects when none has yet. */
  findSchema(): Promise<string>;
};

/** Milliseconds until a connection is there, the time in line included. */
const CONNECT_MS_MAX = 5_000;

/**
 * Makes a pool of at most `poolSize` connections. It connects lazily; each session begins with SESSION_SETTINGS or, behind a pooler
 * that gives every transaction another one, has them from its role.
 */
export async function createPostgresPool(
  address: DatabaseAddress,
  poolSize: number,
  connectMsMax = CONNECT_MS_MAX,
): Promise<PostgresPool> {
  const { default: driver } = await import("pg");
  const tls = createTlsChoice(address);
  const mended = new WeakSet<object>();

  class Client extends driver.Client {
    constructor(options: pg.ClientConfig) {
      const tried = tls.next();
      super({ ...options, ssl: tried });
      const connect = this.connect.bind(this);
      // The pool calls it with a callback and in no other way.
      this.connect = ((report: (failure: Error | null) => void) =>
        connect((failure: Error | null) => {
          if (failure !== null && tls.learn(failure, tried)) mended.add(failure);
          report(failure);
        })) as typeof this.connect;
    }
  }

  let schema = address.schema;
  let isChecked = false;
  const pool = new driver.Pool({
    host: address.host,
    port: address.port,
    user: address.user,
    password: address.password,
    database: address.database,
    application_name: address.applicationName ?? "vestibule",
    options: address.options,
    Client: Client as unknown as new () => pg.ClientBase,
    max: poolSize,
    connectionTimeoutMillis: connectMsMax,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    onConnect: async (client) => {
      // The end of a connection in use reaches whoever uses it; without a listener it would end the process as well.
      client.on("error", () => {});
      limitSilence(client, SILENCE_MS_MAX);
      watchForFullDisk(client);
      if (!address.isTransactionPooled) schema = await beginSession(client, address.schema);
      // What is set on a session would stay with whoever is given it next. The first connection tells of all.
      else if (!isChecked) schema = await requireRoleSettings(client, address.schema);
      isChecked = true;
    },
  });
  connectAgain(pool, (failure) => failure instanceof Error && mended.has(failure));
  // A lost idle connection is replaced at the next query; without a listener it would end the process.
  pool.on("error", (err) =>
    log.warn({ event: "database_connection_lost", err }, "an idle database connection was lost"),
  );
  provideGauge("vestibule_database_connections", () => [
    { labels: { state: "used" }, value: pool.totalCount - pool.idleCount },
    { labels: { state: "idle" }, value: pool.idleCount },
  ]);
  provideGauge("vestibule_database_connection_waiting", () => [{ value: pool.waitingCount }]);
  return {
    pool,
    async findSchema() {
      if (schema === undefined) await pool.query("SELECT 1");
      return schema ?? "public";
    },
  };
}

/** Lets `pool` make a second connection, once, for who met a failure that is mended. Both forms of the driver's method. */
function connectAgain(pool: pg.Pool, isMended: (failure: unknown) => boolean): void {
  type Report = (failure: Error | undefined, client: pg.PoolClient | undefined, release: () => void) => void;
  const connect = pool.connect.bind(pool);
  pool.connect = ((report?: Report) => {
    if (report !== undefined) {
      return connect((failure, client, release) =>
        isMended(failure) ? connect(report) : report(failure, client, release),
      );
    }
    return connect().catch((failure: unknown) => {
      if (!isMended(failure)) throw failure;
      return connect();
    });
  }) as typeof pool.connect;
}

/**
 * Ends the connection of `client` when nothing has come from the server for `milliseconds`; 0 lifts the limit. The
 * driver's own limit on a query would give a connection back to the pool that still waits for its answer.
 */
export function limitSilence(client: pg.ClientBase, milliseconds: number): void {
  const { stream } = (client as unknown as { connection: { stream: Socket } }).connection;
  stream.removeAllListeners("timeout");
  stream.setTimeout(milliseconds, () => {
    const silence = new Error(`The database has not answered for ${milliseconds / 1000} s.`);
    stream.destroy(Object.assign(silence, { code: "ETIMEDOUT" }));
  });
}

/** Hears each refusal of the server, whoever asked and whatever becomes of the error: readiness wants to know of this one. */
function watchForFullDisk(client: pg.ClientBase): void {
  const { connection } = client as unknown as { connection: EventEmitter };
  connection.on("errorMessage", ({ code }: { code?: string }) => {
    if (code === DISK_FULL) noteDatabaseFull(true);
  });
}

async function beginSession(client: pg.ClientBase, schema: string | undefined): Promise<string> {
  const results: unknown = await client.query(beginSessionSql(schema));
  const last = Array.isArray(results) ? (results.at(-1) as pg.QueryResult<{ schema: string | null }>) : undefined;
  const found = last?.rows[0]?.schema;
  if (typeof found !== "string") throw new NoSchemaError("The search_path of the role names no schema that exists.");
  return found;
}
