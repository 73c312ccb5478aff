// On a server only: what a session would inherit from the role, the database or the address.
import { resolve } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from "vitest";
import { database } from "@/lib/db/client";
import { openPostgresConnection } from "@/lib/db/connection";
import { migrateDatabase, openDatabase } from "@/lib/db/open-database";
import { createOwnedDatabase, runOnServer, serverUrl } from "@/lib/testing/database/server-database";
import { SESSION_SETTINGS } from "./session-settings";

const MIGRATIONS = resolve("prisma/migrations");

/** Values under which the drivers misread, or the product means something else, unless a session sets its own. */
const HOSTILE: Record<keyof typeof SESSION_SETTINGS, string> = {
  client_encoding: "LATIN1",
  DateStyle: "German, DMY",
  TimeZone: "Asia/Kathmandu",
  IntervalStyle: "sql_standard",
  bytea_output: "escape",
  extra_float_digits: "-15",
  standard_conforming_strings: "off",
  array_nulls: "off",
  transform_null_equals: "on",
  default_transaction_isolation: "serializable",
  default_transaction_read_only: "on",
  default_transaction_deferrable: "on",
  // Not so short that they could end the session before it has replaced them, however slow the machine is.
  statement_timeout: "3600000",
  lock_timeout: "3600000",
  idle_in_transaction_session_timeout: "3600000",
  idle_session_timeout: "3600000",
  jit: "on",
};

describe.runIf(inject("testDatabaseUrl") !== "")("a session", () => {
  let own: Awaited<ReturnType<typeof createOwnedDatabase>>;
  let location: { databaseUrl: string; dataDirectory: string };
  let opened: { close(): Promise<void> } | undefined;

  beforeAll(async () => {
    own = await createOwnedDatabase();
    location = { databaseUrl: serverUrl({ database: own.name, user: own.name }), dataDirectory: "/nonexistent" };
  });
  afterEach(async () => {
    await opened?.close();
    opened = undefined;
    await runOnServer([`ALTER ROLE ${own.name} RESET ALL`, `ALTER DATABASE ${own.name} RESET ALL`]);
  });
  afterAll(() => own.drop());

  /** Stores and reads every kind of value that the driver has to understand. */
  async function roundTrip(): Promise<unknown> {
    await database().room.deleteMany();
    const moment = new Date("2026-03-04T05:06:07.089Z");
    await database().$transaction((tx) =>
      tx.room.create({
        data: {
          slug: "abc-defg-hij",
          name: "Café \\ 'é' 中",
          accessLevel: "trusted",
          configuration: { text: "a\\b", number: 0.1 },
          expiresAt: moment,
        },
      }),
    );
    const room = await database().room.findFirstOrThrow({
      select: { name: true, configuration: true, expiresAt: true },
    });
    const [raw] = await database().$queryRaw<Record<string, unknown>[]>`
      SELECT expires_at AS at, '\\x00ff'::bytea AS bytes, 0.1::float8 + 0.2::float8 AS number, expires_at::date AS day,
        NULL = NULL AS "isNull" FROM rooms`;
    return { room, raw, same: Buffer.from(raw?.bytes as Uint8Array).toString("hex"), moment };
  }

  const MOMENT = new Date("2026-03-04T05:06:07.089Z");
  const EXPECTED = {
    room: { name: "Café \\ 'é' 中", configuration: { text: "a\\b", number: 0.1 }, expiresAt: MOMENT },
    raw: {
      at: MOMENT,
      bytes: expect.anything(),
      number: 0.1 + 0.2,
      day: new Date("2026-03-04T00:00:00.000Z"),
      isNull: null,
    },
    same: "00ff",
    moment: MOMENT,
  };

  const entries = Object.entries(HOSTILE);

  it.each([
    ["the role", "ROLE"],
    ["the database", "DATABASE"],
  ])("does not inherit from %s what it relies on: migrations, reads and writes work", async (_who, kind) => {
    await runOnServer(entries.map(([name, value]) => `ALTER ${kind} ${own.name} SET ${name} = '${value}'`));
    await migrateDatabase(location, MIGRATIONS);
    opened = await openDatabase(location, MIGRATIONS);
    expect(await roundTrip()).toEqual(EXPECTED);
    const names = Object.keys(SESSION_SETTINGS);
    const found = await database().$queryRaw<{ name: string; value: string }[]>`
      SELECT name, current_setting(name) AS value FROM unnest(${names}::text[]) AS name`;
    const units = { "10s": "10000", "15s": "15000" };
    const values = found.map(({ name, value }) => [name, Reflect.get(units, value) ?? value]);
    expect(Object.fromEntries(values)).toEqual(SESSION_SETTINGS);
  });

  it("is one of at most as many as are allowed at once", async () => {
    const connection = await openPostgresConnection(location.databaseUrl, 3);
    await Promise.all(Array.from({ length: 12 }, () => connection.readRows("SELECT pg_sleep(0.05)")));
    const [row] = await runOnServer([
      `SELECT count(*)::int AS sessions FROM pg_stat_activity WHERE datname = '${own.name}'`,
    ]);
    expect(row).toEqual({ sessions: 3 });
    await connection.close();
  });
});
