import { randomBytes } from "node:crypto";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, inject, it } from "vitest";
import { listMigrationNames } from "@/lib/db/migrations";
import { createOwnedDatabase, runOnServer as runIn, serverUrl } from "@/lib/testing/database/server-database";
import { database } from "./client";
import { openPostgresConnection } from "./connection";
import { connectDatabase, DatabaseStartError, migrateDatabase, openDatabase } from "./open-database";

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
    await addMigration(older, "20260101000000_older", "CREATE TABLE older (a int);\n");
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

/** Adds a migration to the folder of a version. */
async function addMigration(folder: string, name: string, script: string): Promise<void> {
  await mkdir(join(folder, name));
  await writeFile(join(folder, name, "migration.sql"), script);
}

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

  it("that a newer version has migrated opens to an older one until a migration says that it cannot", async () => {
    const own = await createOwnedDatabase();
    const location = { databaseUrl: serverUrl({ database: own.name }), dataDirectory: "/nonexistent" };
    const newer = await mkdtemp(join(tmpdir(), "vestibule-migrations-"));
    await cp(MIGRATIONS, newer, { recursive: true });
    await addMigration(newer, "99990101000000_wider", "ALTER TABLE people ADD COLUMN note text;\n");
    await migrateDatabase(location, newer);
    await openDatabase(location, MIGRATIONS, "0.1.0").then(({ close }) => close());
    expect(await migrateDatabase(location, MIGRATIONS)).toEqual([]);
    // Whoever copies all that there is has to know all of it.
    await expect(connectDatabase(location, MIGRATIONS)).rejects.toThrow("(99990101000000_wider). Start that version,");

    const narrower =
      "-- Needs servers of 0.3.0 or newer: 0.2.0 reads the column.\nALTER TABLE people DROP COLUMN note;\n";
    await addMigration(newer, "99990102000000_narrower", narrower);
    expect(await migrateDatabase(location, newer)).toEqual(["99990102000000_narrower"]);
    await expect(openDatabase(location, MIGRATIONS, "0.2.9")).rejects.toThrow(
      new DatabaseStartError(
        "Another version of Vestibule has changed this database (99990102000000_narrower). Start 0.3.0 or newer, or point DATABASE_URL at another database.",
      ),
    );
    await openDatabase(location, MIGRATIONS, "0.3.0").then(({ close }) => close());

    // Applied by a version that did not say yet for whom.
    const connection = await connectDatabase(location, newer);
    await connection.readRows("ALTER TABLE vestibule_migrations DROP COLUMN oldest_server");
    await connection.close();
    await expect(openDatabase(location, MIGRATIONS, "9.0.0")).rejects.toThrow(
      "(99990101000000_wider, 99990102000000_narrower). Start that version,",
    );
    await openDatabase(location, newer, "0.1.0").then(({ close }) => close());
    await rm(newer, { recursive: true });
    await own.drop();
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
