import { resolve } from "node:path";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from "vitest";
import { GET, POST } from "@/app/api/external/rooms/route";
import type { VisitorActor } from "@/lib/audit/actor";
import { database } from "@/lib/db/client";
import { openPostgresConnection } from "@/lib/db/connection";
import { applyMigrations } from "@/lib/db/migrations";
import { migrateDatabase, openDatabase } from "@/lib/db/open-database";
import { setConfig } from "@/lib/env/config";
import { m2mApi } from "@/lib/machine/m2m-api";
import { authenticateStaff } from "@/lib/staff/sign-in/authenticate-staff";
import { createSignInThrottle } from "@/lib/staff/sign-in/sign-in-throttle";
import { createOwnedDatabase, runOnServer, serverUrl } from "@/lib/testing/database/server-database";
import { PGBOUNCER, startPgBouncer, type TestPgBouncer } from "@/lib/testing/database/test-pgbouncer";
import { createTestClient } from "@/lib/testing/machine/machine-application";
import { callExternal, obtainToken, presentToken } from "@/lib/testing/machine/machine-requests";
import { createStaffMember, signedInOf, TEST_PASSWORD } from "@/lib/testing/staff/staff-factory";
import { testConfig } from "@/lib/testing/test-config";
import { contextOf } from "@/lib/testing/verb-context";
import { SESSION_SETTINGS } from "./session-settings";

const MIGRATIONS = resolve("prisma/migrations");
const CONNECTIONS = 2;
const VISITOR: VisitorActor = { kind: "system", ip: "192.0.2.7", requestId: "request-1" };
const isPossible = inject("testDatabaseUrl") !== "" && PGBOUNCER !== undefined;

describe.skipIf(!isPossible)("through PgBouncer by transaction (needs PostgreSQL and pgbouncer)", () => {
  let own: Awaited<ReturnType<typeof createOwnedDatabase>>;
  let bouncer: TestPgBouncer | undefined;
  let opened: { close(): Promise<void> } | undefined;
  let told: string[] = [];

  beforeAll(async () => {
    setConfig(testConfig());
    own = await createOwnedDatabase();
    const direct = await openPostgresConnection(
      serverUrl({ database: own.name, user: own.name, search: "?schema=rooms_of_ours" }),
    );
    await applyMigrations(direct, MIGRATIONS);
    await direct.close();
    await runOnServer([
      `ALTER ROLE ${own.name} SET statement_timeout = '7s'`,
      `ALTER ROLE ${own.name} SET "TimeZone" = 'Asia/Kathmandu'`,
    ]);
    told = await doAsTold();
  });
  afterEach(async () => {
    await opened?.close();
    opened = undefined;
    await bouncer?.stop();
    bouncer = undefined;
  });
  afterAll(() => own.drop());

  /** Begins with new connections to the server. */
  async function startAnew(): Promise<void> {
    await bouncer?.stop();
    bouncer = await startPgBouncer({ user: own.name, poolSize: CONNECTIONS });
  }

  const location = (search = "?pgbouncer=true&schema=rooms_of_ours") => {
    const url = new URL(serverUrl({ database: own.name, user: own.name }));
    url.hostname = "127.0.0.1";
    url.port = String(bouncer?.port);
    url.search = search;
    return { databaseUrl: url.href, dataDirectory: "/nonexistent", databasePoolSize: 40 };
  };

  /** Does what the message of a start that fails says, and returns it. */
  async function doAsTold(): Promise<string[]> {
    await startAnew();
    const failure: Error = await openDatabase(location(), MIGRATIONS).then(
      () => Promise.reject(new Error("It started.")),
      (error: Error) => error,
    );
    const statements = failure.message.split("\n").filter((line) => line.startsWith("ALTER ROLE"));
    await runOnServer(statements, own.name);
    return statements;
  }

  /** Of every connection that PgBouncer has to the server: what was set on its session, and what is kept in it. */
  async function readSessions(): Promise<{ set: string[]; path: string; statements: number }[]> {
    const clients = Array.from(
      { length: CONNECTIONS },
      () => new pg.Client({ connectionString: location("").databaseUrl }),
    );
    await Promise.all(clients.map((client) => client.connect()));
    // In transactions at the same time, so each has another.
    for (const client of clients) await client.query("BEGIN");
    const rows = await Promise.all(
      clients.map(async (client) => {
        const { rows } = await client.query(
          `SELECT current_setting('search_path') AS path, (SELECT count(*)::int FROM pg_prepared_statements) AS statements,
             (SELECT coalesce(array_agg(name::text ORDER BY name), '{}') FROM pg_settings WHERE source = 'session'
              AND name NOT IN ('client_encoding', 'DateStyle', 'TimeZone', 'standard_conforming_strings', 'application_name')) AS set`,
        );
        return rows[0];
      }),
    );
    await Promise.all(clients.map((client) => client.end()));
    return rows;
  }

  it("a start says which settings the role lacks, and does as soon as it has them", async () => {
    const change = `ALTER ROLE ${own.name} IN DATABASE ${own.name} SET`;
    expect(told).toEqual(
      expect.arrayContaining([
        `${change} TimeZone = 'UTC';`,
        `${change} statement_timeout = '10000';`,
        `${change} search_path = "rooms_of_ours";`,
      ]),
    );
    await startAnew();
    opened = await openDatabase(location(), MIGRATIONS);
    const [row] = await database().$queryRaw<object[]>`
      SELECT current_setting('statement_timeout') AS limit, current_setting('TimeZone') AS zone, current_schema() AS schema`;
    expect(row).toEqual({ limit: "10s", zone: "UTC", schema: "rooms_of_ours" });
  });

  it("serves many clients at once on two connections: tokens, rooms, revocation and sign-in", async () => {
    await startAnew();
    opened = await openDatabase(location(), MIGRATIONS);
    const member = await createStaffMember();
    const clients = await Promise.all(Array.from({ length: 8 }, () => createTestClient()));
    // Their secrets are checked one after the other: how many at once is another limit.
    for (const client of clients) await obtainToken(m2mApi(), client);
    await Promise.all(
      clients.map(async (client) => {
        const token = await obtainToken(m2mApi(), client);
        const json = { "Content-Type": "application/json" };
        const rooms = Array.from({ length: 4 }, () =>
          callExternal(POST, { token, method: "POST", headers: json, body: "{}" }),
        );
        expect((await Promise.all(rooms)).map(({ status }) => status)).toEqual([201, 201, 201, 201]);
        expect((await callExternal(GET, { token })).status).toBe(200);
        expect((await presentToken(m2mApi().revocationEndpoint, client, token)).status).toBe(200);
        expect((await callExternal(GET, { token })).status).toBe(401);
      }),
    );
    const signedIn = await authenticateStaff(
      contextOf(VISITOR),
      { email: member.email, password: TEST_PASSWORD },
      { throttle: createSignInThrottle() },
    );
    expect(signedInOf(signedIn).staffId).toBe(member.id);
    const asked = Array.from({ length: 200 }, (_, index) =>
      database().runStatement<{ found: number }>({ name: "test_pooled", text: "SELECT $1::int AS found" }, [index]),
    );
    expect((await Promise.all(asked)).flat().map(({ found }) => found)).toEqual(asked.map((_, index) => index));
    await m2mApi().settled();
  });

  it("leaves nothing behind in the sessions, which others get after it", async () => {
    await startAnew();
    opened = await openDatabase(location(), MIGRATIONS);
    const client = await createTestClient();
    await obtainToken(m2mApi(), client);
    await Promise.all(Array.from({ length: 20 }, () => obtainToken(m2mApi(), client)));
    await database().runStatement({ name: "test_kept", text: "SELECT 1" }, []);
    await m2mApi().settled();
    expect(await readSessions()).toEqual(Array(CONNECTIONS).fill({ set: [], path: "rooms_of_ours", statements: 0 }));
  });

  it("needs pgbouncer=true: without it, what a session begins with stays in sessions of others", async () => {
    await startAnew();
    opened = await openDatabase(location("?schema=rooms_of_ours"), MIGRATIONS);
    const left = (await readSessions()).flatMap(({ set }) => set);
    expect(left).toContain("statement_timeout");
    expect(Object.keys(SESSION_SETTINGS)).toEqual(
      expect.arrayContaining(left.filter((name) => name !== "search_path")),
    );
  });

  it("migrates nothing, and says where to", async () => {
    await startAnew();
    await runOnServer(
      [
        `DELETE FROM rooms_of_ours.vestibule_migrations WHERE name = (SELECT max(name) FROM rooms_of_ours.vestibule_migrations)`,
      ],
      own.name,
    );
    await expect(migrateDatabase(location(), MIGRATIONS)).rejects.toThrow(
      "Migrations and backups need a session of their own, which PgBouncer does not give. Run them with a DATABASE_URL that leads to the server itself, without pgbouncer=true.",
    );
  });
});
