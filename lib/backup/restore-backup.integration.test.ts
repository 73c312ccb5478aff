// Runs on both databases: what one has stored is restored into either.
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from "vitest";
import { copyPartitions } from "@/lib/activity/partitions/copy-partitions";
import type { DatabaseConnection } from "@/lib/db/connection";
import { storeAwkwardRows } from "@/lib/testing/backup/awkward-rows";
import { describeSchema, makeTarget, type RestoreTarget, TARGETS } from "@/lib/testing/backup/restore-targets";
import { openEmbeddedTemplate } from "@/lib/testing/database/embedded-snapshot";
import { createTestDatabase } from "@/lib/testing/database/test-database";
import { checkBackupFile, openBackupFile } from "./file/open-backup-file";
import { writeBackupFile } from "./file/write-backup-file";
import { sealKeys } from "./keys/seal-keys";
import { restoreBackup } from "./restore-backup";
import { withDatabaseSnapshot } from "./snapshot/database-snapshot";
import type { Snapshot } from "./snapshot/snapshot.types";
import { restoreIntoDirectory } from "./target/restore-into-directory";
import { restoreIntoServer } from "./target/restore-into-server";

const MIGRATIONS = resolve("prisma/migrations");
const KEYS = { MASTER_KEY: `1:${"a".repeat(43)}`, AUTH_SECRET: "b".repeat(43), TOKEN_SIGNING_KEYS: '{"keys":[]}' };
const PASSPHRASE = "a passphrase of tests";
const nobody = async () => "";
const DAY = { name: "activity_d20261120", isIndexed: true };
const HOUR = { name: "activity_h2026112105", isIndexed: false };

const SOURCES = inject("testDatabaseUrl") === "" ? (["embedded"] as const) : (["embedded", "postgresql"] as const);
const PAIRS = SOURCES.flatMap((source) => TARGETS.map((target) => [source, target] as const));

let folder: string;
const sources: Record<
  string,
  { connection: DatabaseConnection; file: string; schema: string[]; close(): Promise<void> }
> = {};
let target: RestoreTarget;

async function openSource(kind: string): Promise<{ connection: DatabaseConnection; close(): Promise<void> }> {
  if (kind === "postgresql") return createTestDatabase();
  const connection = await openEmbeddedTemplate();
  return { connection, close: connection.close };
}

async function writeTo(path: string, connection: DatabaseConnection, keys?: Awaited<ReturnType<typeof sealKeys>>) {
  const about = { product: "1.2.3", database: connection.kind, createdAt: new Date() };
  await withDatabaseSnapshot(connection, MIGRATIONS, (snapshot) => writeBackupFile(path, { snapshot, about, keys }));
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "vestibule-backups-"));
  for (const kind of SOURCES) {
    const { connection, close } = await openSource(kind);
    const partitions = copyPartitions([DAY, HOUR]);
    await connection.withSession(async (run) => {
      await run([...partitions.before, ...partitions.after].join(";"));
      await storeAwkwardRows(run);
    });
    const file = join(folder, `${kind}.gz`);
    await writeTo(file, connection);
    sources[kind] = { connection, file, schema: await describeSchema(connection), close };
  }
});
afterEach(() => target?.dispose());
afterAll(async () => {
  for (const { close } of Object.values(sources)) await close();
  await rm(folder, { recursive: true });
});

const sourceOf = (kind: string) => {
  const source = sources[kind];
  if (source === undefined) throw new Error(`There is no source ${kind}.`);
  return source;
};

describe.each(PAIRS)("a backup of %s, restored into %s", (from, into) => {
  it("has every row, the partitions, and the schema that migrations make, triggers and references too", async () => {
    const { file, schema } = sourceOf(from);
    target = await makeTarget(into);
    const options = { location: target.location, migrationsFolder: MIGRATIONS, passphrase: nobody };
    const { tables } = await restoreBackup(file, options);
    expect(tables.get("activity")?.rows).toBe(2500);

    const restored = await target.open();
    const again = join(target.location.dataDirectory, "again.gz");
    await writeTo(again, restored);
    expect((await checkBackupFile(again)).tables).toEqual(tables);
    expect(await describeSchema(restored)).toEqual(schema);
    const places = await restored.readRows(
      "SELECT tableoid::regclass::text AS name, count(*)::int AS count FROM activity GROUP BY 1 ORDER BY 1",
    );
    expect(places).toEqual([
      { name: "activity_d20261120", count: 23 },
      { name: "activity_default", count: 2476 },
      { name: "activity_h2026112105", count: 1 },
    ]);
    await expect(restored.readRows("DELETE FROM audit_events")).rejects.toThrow("the audit log is append-only");
    await expect(
      restored.readRows("UPDATE application_secrets SET application_id = gen_random_uuid()"),
    ).rejects.toThrow("credentials are immutable");
    await expect(restored.readRows("DELETE FROM activity_d20261120")).rejects.toThrow("activity is append-only");
    await restored.close();
  });
});

describe.each(TARGETS)("a restore into %s", (into) => {
  const [from] = SOURCES;
  const optionsOf = () => ({ location: target.location, migrationsFolder: MIGRATIONS, passphrase: nobody });

  it("brings the keys back where the product finds them", async () => {
    target = await makeTarget(into);
    const file = join(folder, `keys-${into}.gz`);
    await writeTo(file, sourceOf(from).connection, await sealKeys(KEYS, PASSPHRASE));
    const wrong = restoreBackup(file, { ...optionsOf(), passphrase: async () => "another passphrase" });
    await expect(wrong).rejects.toThrow("this is not the passphrase that the backup was made with");
    expect(await target.contents()).toEqual([]);

    await restoreBackup(file, { ...optionsOf(), passphrase: async () => PASSPHRASE });
    const keys = join(target.location.dataDirectory, "keys");
    expect(await readFile(join(keys, "master-key"), "utf8")).toBe(`${KEYS.MASTER_KEY}\n`);
    expect(await readFile(join(keys, "auth-secret"), "utf8")).toBe(`${KEYS.AUTH_SECRET}\n`);
    expect(await readFile(join(keys, "token-signing-keys.json"), "utf8")).toBe(`${KEYS.TOKEN_SIGNING_KEYS}\n`);
  });

  it("replaces no other keys", async () => {
    target = await makeTarget(into);
    const keys = join(target.location.dataDirectory, "keys");
    await mkdir(keys);
    await writeFile(join(keys, "auth-secret"), "another");
    const file = join(folder, `other-${into}.gz`);
    await writeTo(file, sourceOf(from).connection, await sealKeys(KEYS, PASSPHRASE));
    const restore = restoreBackup(file, { ...optionsOf(), passphrase: async () => PASSPHRASE });
    await expect(restore).rejects.toThrow("holds another key than the backup, which would be lost");
    expect(await target.contents()).toEqual(["keys"]);
    expect(await readFile(join(keys, "auth-secret"), "utf8")).toBe("another");
  });

  it("is refused where something is already, and says what to do", async () => {
    target = await makeTarget(into);
    await restoreBackup(sourceOf(from).file, optionsOf());
    await expect(restoreBackup(sourceOf(from).file, optionsOf())).rejects.toThrow(
      into === "embedded" ? /holds a database already.*Name an empty DATA_DIR/ : /is not empty.*\?schema=NAME/,
    );
  });

  it("adds the migrations that have come since, after the data", async () => {
    target = await makeTarget(into);
    const later = await folderWith(
      "29990101000000_later",
      `ALTER TABLE "people" ADD COLUMN "age" INTEGER NOT NULL DEFAULT 7`,
    );
    await restoreBackup(sourceOf(from).file, { ...optionsOf(), migrationsFolder: later });
    const restored = await target.open();
    expect(await restored.readRows("SELECT email, age FROM people")).toEqual([{ email: "zoe@example.com", age: 7 }]);
    expect((await restored.readRows("SELECT max(name) AS name FROM vestibule_migrations"))[0]?.name).toBe(
      "29990101000000_later",
    );
    await restored.close();
  });

  it("leaves nothing when a later migration fails", async () => {
    target = await makeTarget(into);
    const later = await folderWith("29990101000000_broken", `ALTER TABLE "people" ADD COLUMN "email" TEXT`);
    await expect(restoreBackup(sourceOf(from).file, { ...optionsOf(), migrationsFolder: later })).rejects.toThrow(
      "The migration 29990101000000_broken failed",
    );
    expect(await target.contents()).toEqual([]);
  });

  it("is refused for a backup with migrations that this version does not know", async () => {
    target = await makeTarget(into);
    const older = join(folder, "older");
    await mkdir(join(older, "20261129000000_baseline"), { recursive: true });
    await expect(restoreBackup(sourceOf(from).file, { ...optionsOf(), migrationsFolder: older })).rejects.toThrow(
      "It was made by a newer version of Vestibule",
    );
    expect(await target.contents()).toEqual([]);
  });

  const changes: [string, (snapshot: Snapshot) => Snapshot, RegExp][] = [
    ["a row that others refer to", (it) => without(it, "applications", 1), /foreign key constraint/],
    ["a table", (it) => ({ ...it, tables: it.tables.slice(1) }), /Its tables are not those of its migrations/],
    ["the source, in the middle", (it) => breaking(it, "rooms"), /the source went away/],
  ];

  // What is in a file is judged before anybody knows where it goes; how it is undone differs, once.
  it.each(into === "embedded" ? changes.slice(-1) : changes)(
    "leaves nothing when it lacks %s",
    async (_what, change, sentence) => {
      target = await makeTarget(into);
      const file = await openBackupFile(sourceOf(from).file);
      await expect(restoreInto(target, change(file.snapshot))).rejects.toThrow(sentence);
      file.close();
      expect(await target.contents()).toEqual([]);
    },
  );
});

function restoreInto({ location: { databaseUrl, dataDirectory } }: RestoreTarget, snapshot: Snapshot): Promise<void> {
  return databaseUrl === undefined
    ? restoreIntoDirectory(dataDirectory, snapshot, MIGRATIONS, { keys: undefined })
    : restoreIntoServer(databaseUrl, snapshot, MIGRATIONS);
}

function without(snapshot: Snapshot, table: string, count: number): Snapshot {
  return {
    ...snapshot,
    async *readTable(shape) {
      for await (const lines of snapshot.readTable(shape)) yield shape.name === table ? lines.slice(count) : lines;
    },
  };
}

function breaking(snapshot: Snapshot, table: string): Snapshot {
  return {
    ...snapshot,
    readTable(shape) {
      if (shape.name === table) throw new Error("the source went away");
      return snapshot.readTable(shape);
    },
  };
}

async function folderWith(name: string, script: string): Promise<string> {
  const migrations = await mkdtemp(join(folder, "migrations-"));
  await cp(MIGRATIONS, migrations, { recursive: true });
  await mkdir(join(migrations, name));
  await writeFile(join(migrations, name, "migration.sql"), script);
  return migrations;
}
