// Runs on both databases: how each says that it is gone.
import { createServer, type Socket } from "node:net";
import { describe, expect, inject, it } from "vitest";
import { createDatabaseClient, type Database } from "@/lib/db/client";
import { type DatabaseConnection, openPostgresConnection } from "@/lib/db/connection";
import { isOAuthError, OAuthError } from "@/lib/oauth/oauth-error";
import { openEmbeddedTemplate } from "@/lib/testing/database/embedded-snapshot";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { isDatabaseOutage, toOutage } from "./database-outage";

const test = useTestDatabase();

async function thrownBy(work: () => Promise<unknown>): Promise<unknown> {
  return work().then(
    () => undefined,
    (error: unknown) => error,
  );
}

/** A model query, a raw query, a transaction and what runs without Prisma: each fails with an error of another shape. */
async function thrownByAll(database: Database): Promise<unknown[]> {
  return [
    await thrownBy(() => database.room.count()),
    await thrownBy(() => database.$executeRaw`SELECT 1`),
    await thrownBy(() => database.$transaction(async (tx) => tx.room.count())),
    await thrownBy(() => database.runStatement({ name: "outage", text: "SELECT 1" }, [])),
  ];
}

async function thrownByClosed(connection: DatabaseConnection): Promise<unknown[]> {
  const database = createDatabaseClient(connection);
  await database.$queryRaw`SELECT 1`;
  await connection.close();
  return thrownByAll(database);
}

describe("an outage", () => {
  it("is a server that is not there", async () => {
    const connection = await openPostgresConnection("postgresql://postgres@127.0.0.1:1/none", 1);
    const thrown = await thrownByAll(createDatabaseClient(connection));
    expect(thrown.map(isDatabaseOutage)).toEqual([true, true, true, true]);
  });

  it("is a server that hangs up", async () => {
    const server = createServer((socket: Socket) => socket.destroy());
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const connection = await openPostgresConnection(`postgresql://postgres@127.0.0.1:${port}/none`, 1);
    const thrown = await thrownByAll(createDatabaseClient(connection));
    expect(thrown.map(isDatabaseOutage)).toEqual([true, true, true, true]);
    server.close();
  });

  it("is an embedded database that was closed", async () => {
    expect((await thrownByClosed(await openEmbeddedTemplate())).map(isDatabaseOutage)).toEqual([
      true,
      true,
      true,
      true,
    ]);
  });

  it("is a transaction that got no place or no time", async () => {
    const late = await thrownBy(() =>
      test.database.$transaction(
        async (tx) => {
          for (;;) {
            await tx.$queryRaw`SELECT 1`;
            // The timer needs a turn: an embedded query is done without giving it one.
            await new Promise((resolve) => setImmediate(resolve));
          }
        },
        { timeout: 10 },
      ),
    );
    expect(isDatabaseOutage(late)).toBe(true);
  });

  it("is a session that the operator of the server ended", async () => {
    const url = inject("testDatabaseUrl");
    // The embedded database has no sessions to end; the same state arrives there as a closed database.
    const connection = url === "" ? await openEmbeddedTemplate() : await openPostgresConnection(url, 1);
    const thrown = url === "" ? await thrownByClosed(connection) : await thrownByTerminated(connection, url);
    expect(thrown.map(isDatabaseOutage)).toEqual(thrown.map(() => true));
  });

  it("is a transaction that can only read, as on a standby, and a role that lacks a permission", async () => {
    const inTransaction = (before: readonly string[]) =>
      thrownBy(() =>
        test.database.$transaction(async (tx) => {
          for (const statement of before) await tx.$executeRawUnsafe(statement);
          await tx.person.create({ data: { email: "outage@example.com" } });
        }),
      );
    const role = `vestibule_outage_${process.pid}`;
    const readOnly = await inTransaction(["SET TRANSACTION READ ONLY"]);
    const notPermitted = await inTransaction([`CREATE ROLE ${role}`, `SET LOCAL ROLE ${role}`]);
    expect([readOnly, notPermitted].map(isDatabaseOutage)).toEqual([true, true]);
    // Both came from the database, and the role went with its transaction.
    expect(await test.database.person.count({ where: { email: "outage@example.com" } })).toBe(0);
  });

  it("is what a statement without Prisma meets: a role without a permission, a standby, and a limit on its time", async () => {
    // Each in a statement of its own, as it can neither leave a setting behind nor begin with one.
    const run = (text: string) => thrownBy(() => test.database.runStatement({ name: "", text }, []));
    const connection = await openEmbeddedTemplate();
    await connection.readRows("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY");
    const insert = `INSERT INTO people (id, email, updated_at) VALUES (gen_random_uuid(), 'outage@example.com', now())`;
    const readOnly = await thrownBy(() => connection.runStatement({ name: "outage_insert", text: insert }, []));
    await connection.close();
    const raised = ["42501", "57014", "55P03"].map(
      (code) => `DO $$ BEGIN RAISE EXCEPTION 'said by PostgreSQL' USING ERRCODE = '${code}'; END $$`,
    );
    const thrown = [readOnly, ...(await Promise.all(raised.map(run)))];
    expect(thrown.map((error) => (error instanceof Error ? Reflect.get(error, "code") : undefined))).toEqual([
      "25006",
      "42501",
      "57014",
      "55P03",
    ]);
    expect(thrown.map(isDatabaseOutage)).toEqual([true, true, true, true]);
  });

  it.each([
    ["08006", "the connection failed"],
    ["25006", "a standby, or a session that only reads"],
    ["25P03", "a transaction was idle for too long"],
    ["28000", "pg_hba.conf refuses"],
    ["28P01", "the password was changed"],
    ["42501", "a permission is missing"],
    ["53100", "the disk is full"],
    ["53200", "no memory is left"],
    ["53300", "no connection is left"],
    ["55P03", "a lock was not had in time"],
    ["57014", "a statement took too long"],
    ["57P01", "the server is shutting down"],
    ["57P02", "the server crashed"],
    ["57P03", "the server is starting"],
    ["57P05", "a session was idle for too long"],
    ["58030", "the disk cannot be read"],
  ])("is SQLSTATE %s from the driver and from Prisma: %s", (code) => {
    expect(shapesOf(code).map(isDatabaseOutage)).toEqual([true, true, true]);
  });

  it("becomes 503 with a time to come back, and keeps its cause for the log", async () => {
    const [thrown] = await thrownByClosed(await openEmbeddedTemplate());
    expect(toOutage(thrown)).toMatchObject({
      code: "temporarily_unavailable",
      status: 503,
      retryAfterSeconds: 5,
      reason: "database_unavailable",
      cause: thrown,
    });
  });
});

async function thrownByTerminated(connection: DatabaseConnection, url: string): Promise<unknown[]> {
  const database = createDatabaseClient(connection);
  const server = await openPostgresConnection(url, 1);
  const findSession = async () => {
    const [row] = await database.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`;
    const isIt = `pid = ${row?.pid ?? 0}`;
    const end = () => server.readRows(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${isIt}`);
    /** One that was ended before it is asked to sleep would be replaced, and the next one sleeps well. */
    const endAsleep = async () => {
      const asleep = `SELECT FROM pg_stat_activity WHERE ${isIt} AND wait_event = 'PgSleep'`;
      while ((await server.readRows(asleep)).length === 0);
      return end();
    };
    return { end, endAsleep };
  };
  const first = await findSession();
  const [sleeping] = await Promise.all([
    thrownBy(() => database.$queryRaw`SELECT pg_sleep(600)::text`),
    first.endAsleep(),
  ]);
  const second = await findSession();
  const inTransaction = await thrownBy(() =>
    database.$transaction(async (tx) => {
      await tx.$queryRaw`SELECT 1`;
      await second.end();
      await tx.$queryRaw`SELECT 1`;
      await tx.$queryRaw`SELECT 1`;
    }),
  );
  const third = await findSession();
  const [withoutPrisma] = await Promise.all([
    thrownBy(() => database.runStatement({ name: "sleep", text: "SELECT pg_sleep(600)::text" }, [])),
    third.endAsleep(),
  ]);
  await Promise.all([server.close(), connection.close()]);
  return [sleeping, inTransaction, withoutPrisma];
}

/** The same failure as the driver throws it, as a query of a model does, and as the cause of something else. */
function shapesOf(code: string): Error[] {
  const driver = Object.assign(new Error("said by PostgreSQL"), { code, severity: "ERROR" });
  const cause = { kind: "postgres", originalCode: code, originalMessage: "said by PostgreSQL" };
  const prisma = Object.assign(new Error("said by Prisma"), { code: "P2039", meta: { driverAdapterError: { cause } } });
  return [driver, prisma, new Error("work failed", { cause: driver })];
}

describe("no outage", () => {
  it.each(["22001", "22P02", "23502", "23503", "23505", "23514", "42601", "42703", "42P01", "P0001", "XX000"])(
    "is SQLSTATE %s, which is a mistake of ours",
    (code) => {
      expect(shapesOf(code).map(isDatabaseOutage)).toEqual([false, false, false]);
    },
  );

  it("is a mistake in a query, a violated constraint or a programming error", async () => {
    const mistakes = [
      await thrownBy(() => test.database.$queryRaw`SELECT * FROM nowhere`),
      await thrownBy(() => test.database.person.create({ data: { email: "UPPER@example.com" } })),
      await thrownBy(async () => {
        await test.database.person.create({ data: { email: "twice@example.com" } });
        await test.database.person.create({ data: { email: "twice@example.com" } });
      }),
      new TypeError("undefined is not a function"),
      "text",
      undefined,
    ];
    expect(mistakes.map(isDatabaseOutage)).toEqual(mistakes.map(() => false));
    expect(mistakes.map(toOutage)).toEqual(mistakes);
  });

  it("is a refusal of our own, even one that was caused by an outage", () => {
    const refusal = new OAuthError("invalid_scope", {
      reason: "subject_unknown",
      cause: new Error("PGlite is closed"),
    });
    expect(toOutage(refusal)).toBe(refusal);
    expect(isOAuthError(refusal)).toBe(true);
  });
});
