import { randomBytes } from "node:crypto";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, inject, it } from "vitest";
import { listMigrationNames } from "@/lib/db/migrations";
import { createOwnedDatabase, runOnServer as runIn, serverUrl } from "@/lib/testing/database/server-database";
import { database } from "./client";
import { openPostgresConnection } from "./connection";
import { DatabaseStartError, migrateDatabase, openDatabase } from "./open-database";

const MIGRATIONS = resolve("prisma/migrations");
const NAMES = await listMigrationNames(MIGRATIONS);
const server = inject("testDatabaseUrl");

describe("the embedded database", () => {
  it("is created, brought up to date by itself, and keeps what it is given, passwords at their full cost", async () => {
    const dataDirectory = await mkdtemp(join(tmpdir(), "vestibule-open-"));
    const location = { databaseUrl: undefined, dataDirectory };
    const first = await openDatabase(location, MIGRATIONS);
    await database().person.create({ data: { email: "ana@example.com" } });
    const data = { email: "ben@example.com", name: "Ben", passwordHash: "correct horse battery staple" };
    await database().staffMember.create({ data });
    await first.close();
    expect(() => database()).toThrow(/not open/);

    const second = await openDatabase(location, MIGRATIONS);
    expect(await database().person.count()).toBe(1);
    // Tests build clients that hash cheaply; this is the one that the product runs with.
    const [{ stored } = { stored: "" }] = await database().$queryRaw<{ stored: string }[]>`
      SELECT password_hash AS stored FROM staff_members`;
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    await second.close();
    await rm(dataDirectory, { recursive: true });
  });

  it("is left alone when another version has changed it: whose migrations those are is said", async () => {
    const dataDirectory = await mkdtemp(join(tmpdir(), "vestibule-open-"));
    const location = { databaseUrl: undefined, dataDirectory };
    const older = await mkdtemp(join(tmpdir(), "vestibule-migrations-"));
    await cp(join(MIGRATIONS, "migration_lock.toml"), join(older, "migration_lock.toml"));
    await mkdir(join(older, "20260101000000_older"));
    await writeFile(join(older, "20260101000000_older", "migration.sql"), "CREATE TABLE older (a int);\n");
    expect(await migrateDatabase(location, older)).toEqual(["20260101000000_older"]);
    const refusal = new DatabaseStartError(
      "Another version of Vestibule has changed this database (20260101000000_older). Start that version, or point DATA_DIR at another database.",
    );
    await expect(openDatabase(location, MIGRATIONS)).rejects.toThrow(refusal);
    await expect(migrateDatabase(location, MIGRATIONS)).rejects.toThrow(refusal);
    // Nothing was applied, and nothing marked as failed: the other version still works.
    expect(await migrateDatabase(location, older)).toEqual([]);
    await Promise.all([dataDirectory, older].map((folder) => rm(folder, { recursive: true })));
  });
});

describe.runIf(server !== "")("a PostgreSQL server", () => {
  const name = `vestibule_open_${randomBytes(6).toString("hex")}`;
  const location = { databaseUrl: urlOf(name), dataDirectory: "/nonexistent" };

  function urlOf(databaseName: string): string {
    const url = new URL(server || "postgresql://localhost");
    url.pathname = `/${databaseName}`;
    return url.href;
  }

  async function runOnServer(sql: string): Promise<void> {
    const connection = await openPostgresConnection(server, 1);
    await connection.readRows(sql);
    await connection.close();
  }

  afterAll(() => runOnServer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));

  it("is not touched at start: pending migrations are named with the command that applies them", async () => {
    await runOnServer(`CREATE DATABASE ${name}`);
    await expect(openDatabase(location, MIGRATIONS)).rejects.toThrow(
      `${NAMES.length} migrations are missing in the database: ${NAMES.join(", ")}. Apply with: npm run db:migrate`,
    );
    expect(await migrateDatabase(location, MIGRATIONS)).toEqual(NAMES);
    expect(await migrateDatabase(location, MIGRATIONS)).toEqual([]);
    const opened = await openDatabase(location, MIGRATIONS);
    expect(await database().person.count()).toBe(0);
    await opened.close();
  });

  it("that does not have the database is told from one that does, without its address", async () => {
    const failure = openDatabase({ ...location, databaseUrl: urlOf("vestibule_absent") }, MIGRATIONS);
    await expect(failure).rejects.toThrow(
      new DatabaseStartError("The database that DATABASE_URL names does not exist on its server (3D000). Create it."),
    );
  });

  it.each([
    ["INSERT ON audit_events", "The role of DATABASE_URL lacks a permission (42501)."],
    ["SELECT ON vestibule_migrations", "The role of DATABASE_URL lacks a permission (42501)."],
  ])("is refused at start when its role lacks %s", async (privilege, sentence) => {
    const own = await createOwnedDatabase();
    const reader = `${own.name}_reader`;
    const owned = { databaseUrl: serverUrl({ database: own.name, user: own.name }), dataDirectory: "/nonexistent" };
    await migrateDatabase({ ...owned, databaseUrl: serverUrl({ database: own.name }) }, MIGRATIONS);
    await runIn(
      [
        `CREATE ROLE ${reader} LOGIN`,
        `GRANT ALL ON ALL TABLES IN SCHEMA public TO ${reader}`,
        `REVOKE ${privilege} FROM ${reader}`,
      ],
      own.name,
    );
    const asReader = { ...owned, databaseUrl: serverUrl({ database: own.name, user: reader }) };
    await expect(openDatabase(asReader, MIGRATIONS)).rejects.toThrow(sentence);
    await runIn([`DROP OWNED BY ${reader}`, `DROP ROLE ${reader}`], own.name);
    await own.drop();
  });
});

it("a server that does not answer is said by its code, and nothing of DATABASE_URL is repeated", async () => {
  const databaseUrl = "postgresql://someone:canary@127.0.0.1:9/vestibule";
  const failure = openDatabase({ databaseUrl, dataDirectory: "/nonexistent" }, MIGRATIONS);
  await expect(failure).rejects.toThrow(new DatabaseStartError("The database does not answer (ECONNREFUSED)."));
});
