// On a server only: a database that accepts and then says nothing.
import { randomInt } from "node:crypto";
import { createServer, type Socket } from "node:net";
import { describe, expect, inject, it } from "vitest";
import { createDatabaseClient, type Database } from "@/lib/db/client";
import { openPostgresConnection } from "@/lib/db/connection";
import { databaseAddress } from "@/lib/env/database-address";
import { isDatabaseOutage } from "@/lib/machine/problems/database-outage";
import { setLogDestination } from "@/lib/observability/logger";
import { runOnServer } from "@/lib/testing/database/server-database";
import { openServerGate } from "@/lib/testing/database/server-gate";
import { createPostgresPool, limitSilence } from "./pool";

const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

function urlAt(port: number): string {
  const { username, pathname } = new URL(inject("testDatabaseUrl"));
  return `postgresql://${username}@127.0.0.1:${port}${pathname}`;
}

it("a server that accepts and never answers holds nobody longer than the time to connect, however many ask", async () => {
  const sockets: Socket[] = [];
  const server = createServer((socket) => void sockets.push(socket));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const connection = await openPostgresConnection(`postgresql://a@127.0.0.1:${port}/b`, 2, { connectMsMax: 100 });
  const client = createDatabaseClient(connection);
  // Two wait for a connection of their own, and four in line. That each of them ends is what counts, not when.
  const failures = await Promise.all(Array.from({ length: 6 }, () => failureOf(client.$queryRaw`SELECT 1`)));
  expect(failures.map(isDatabaseOutage)).toEqual(failures.map(() => true));
  await connection.close();
  for (const socket of sockets) socket.destroy();
  server.close();
});

describe.runIf(inject("testDatabaseUrl") !== "")("a session", () => {
  it("that falls silent is given up, told of as an outage, and never used again", async () => {
    const gate = await openServerGate();
    const { pool } = await createPostgresPool(databaseAddress(`${urlAt(gate.port)}?sslmode=disable`), 1);
    const client = await pool.connect();
    limitSilence(client, 200);
    gate.stall();
    const failure = await failureOf(client.query("SELECT 1"));
    expect(failure).toMatchObject({ message: "The database has not answered for 0.2 s.", code: "ETIMEDOUT" });
    expect(isDatabaseOutage(failure)).toBe(true);
    client.release();
    expect(pool.totalCount).toBe(0);
    await Promise.all([pool.end(), gate.close()]);
  });

  it("that waits for a lock or works too long is cancelled by the server itself, and told of as an outage", async () => {
    const connection = await openPostgresConnection(inject("testDatabaseUrl"), 2);
    const client = createDatabaseClient(connection);
    const limited = (work: (tx: Pick<Database, "$queryRaw">) => Promise<unknown>) =>
      client.$transaction(async (tx) => {
        await tx.$executeRaw`SET LOCAL statement_timeout = 100`;
        await work(tx);
      });
    const tooLong = await failureOf(limited((tx) => tx.$queryRaw`SELECT pg_sleep(60)::text`));
    // Other runs may use the same database: each takes a lock of its own.
    const lock = randomInt(2 ** 31);
    const waiting = await failureOf(
      client.$transaction(async (holder) => {
        await holder.$queryRaw`SELECT pg_advisory_xact_lock(${lock}::bigint)::text`;
        await limited((tx) => tx.$queryRaw`SELECT pg_advisory_xact_lock(${lock}::bigint)::text`);
      }),
    );
    expect([tooLong, waiting].map(isDatabaseOutage)).toEqual([true, true]);
    expect(await connection.readRows("SHOW statement_timeout")).toEqual([{ statement_timeout: "10s" }]);
    await connection.close();
  });

  it("may take as long as it needs while migrations run, and is not used for anything else afterwards", async () => {
    const connection = await openPostgresConnection(inject("testDatabaseUrl"), 1);
    const limit = await connection.withSession((run) => run("SELECT 1; SHOW statement_timeout"));
    expect(limit).toEqual([{ statement_timeout: "0" }]);
    expect(await connection.readRows("SHOW statement_timeout")).toEqual([{ statement_timeout: "10s" }]);
    await connection.close();
  });

  it("that was lost while nobody used it is said in the log, and replaced", async () => {
    const lines: string[] = [];
    const isTold = new Promise<void>((resolve) => {
      const write = (line: string) => {
        lines.push(line);
        resolve();
      };
      setLogDestination({ write });
    });
    const connection = await openPostgresConnection(inject("testDatabaseUrl"), 1);
    const [session] = await connection.readRows("SELECT pg_backend_pid() AS pid");
    await runOnServer([`SELECT pg_terminate_backend(${Number(session?.pid)})`]);
    await isTold;
    setLogDestination(undefined);
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({
      level: "warn",
      event: "database_connection_lost",
      err: { code: "57P01" },
    });
    expect(await connection.readRows("SELECT 1 AS one")).toEqual([{ one: 1 }]);
    await connection.close();
  });
});
