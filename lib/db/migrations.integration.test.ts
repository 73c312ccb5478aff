import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type DatabaseConnection, openEmbeddedConnection } from "./connection";
import { applyMigrations, diffMigrations, getMigrationState, listMigrationNames } from "./migrations";

const FOLDER = resolve("prisma/migrations");
const NAMES = await listMigrationNames(FOLDER);

describe("migrations", () => {
  let connection: DatabaseConnection;
  let folder: string;

  beforeAll(async () => {
    connection = await openEmbeddedConnection();
    folder = await mkdtemp(join(tmpdir(), "vestibule-migrations-"));
    await cp(FOLDER, folder, { recursive: true });
  });

  afterAll(async () => {
    await connection.close();
    await rm(folder, { recursive: true });
  });

  it("are all pending on an empty database", async () => {
    expect(NAMES[0]).toBe("20261129000000_baseline");
    expect(await getMigrationState(connection.readRows, FOLDER)).toEqual({ pending: NAMES, unknown: [], unfit: [] });
  });

  it("are applied once: a second run has nothing to do", async () => {
    expect(await applyMigrations(connection, FOLDER)).toEqual(NAMES);
    expect(await applyMigrations(connection, FOLDER)).toEqual([]);
    expect(await getMigrationState(connection.readRows, FOLDER)).toEqual({ pending: [], unknown: [], unfit: [] });
  });

  it("leave one row each in a ledger with a name of its own", async () => {
    const rows = await connection.readRows(
      "SELECT name, length(checksum) AS checksum_length, applied_at IS NOT NULL AS dated FROM vestibule_migrations ORDER BY name",
    );
    expect(rows).toEqual(NAMES.map((name) => ({ name, checksum_length: 64, dated: true })));
    const [prisma] = await connection.readRows("SELECT to_regclass('_prisma_migrations')::text AS found");
    expect(prisma).toEqual({ found: null });
  });

  it("stop at one that fails, of which nothing stays and which is pending afterwards", async () => {
    await mkdir(join(folder, "99990101000000_broken"));
    await writeFile(
      join(folder, "99990101000000_broken", "migration.sql"),
      "CREATE TABLE half (a int);\nALTER TABLE nowhere ADD COLUMN a int;\n",
    );
    await expect(applyMigrations(connection, folder)).rejects.toThrow(
      'The migration 99990101000000_broken failed, and nothing of it was applied: relation "nowhere" does not exist.',
    );
    const [half] = await connection.readRows("SELECT to_regclass('half')::text AS found");
    expect(half).toEqual({ found: null });
    expect(await getMigrationState(connection.readRows, folder)).toEqual({
      pending: ["99990101000000_broken"],
      unknown: [],
      unfit: [],
    });
    await rm(join(folder, "99990101000000_broken"), { recursive: true });
  });

  it("of another version are told from those that are pending", async () => {
    await mkdir(join(folder, "99990101000000_later"));
    await writeFile(join(folder, "99990101000000_later", "migration.sql"), "CREATE TABLE later (a int);\n");
    expect(await applyMigrations(connection, folder)).toEqual(["99990101000000_later"]);
    expect(await getMigrationState(connection.readRows, FOLDER)).toEqual({
      pending: [],
      unknown: ["99990101000000_later"],
      unfit: [],
    });
  });

  it("of a version that noted them in Prisma's table are taken over, and a neighbour's in it are not", async () => {
    const older = await openEmbeddedConnection();
    await applyMigrations(older, FOLDER);
    await older.withSession((run) =>
      run(`CREATE TABLE _prisma_migrations (migration_name text, checksum text, finished_at timestamptz, rolled_back_at timestamptz);
        INSERT INTO _prisma_migrations SELECT name, checksum, applied_at FROM vestibule_migrations;
        INSERT INTO _prisma_migrations VALUES ('20200101000000_neighbour', 'x', now());
        DROP TABLE vestibule_migrations`),
    );
    expect(await applyMigrations(older, FOLDER)).toEqual([]);
    expect(await getMigrationState(older.readRows, FOLDER)).toEqual({ pending: [], unknown: [], unfit: [] });
    expect(await older.readRows("SELECT count(*)::int AS rows FROM _prisma_migrations")).toEqual([
      { rows: NAMES.length + 1 },
    ]);
    await older.close();
  });
});

it("the data model has nothing that the migrations lack, and the engine that says so is loaded once in a process", async () => {
  const schema = resolve("prisma/schema.prisma");
  const instantiate = vi.spyOn(WebAssembly, "instantiate");
  // The embedded database instantiates modules of its own.
  const engines = () => instantiate.mock.calls.filter(([, imports]) => "./schema_engine_bg.js" in (imports ?? {}));
  const first = await openEmbeddedConnection();
  expect(await diffMigrations(first.adapterFactory, FOLDER, schema)).toBe("");
  await first.close();
  const loaded = engines().length;
  expect(loaded).toBeLessThanOrEqual(1);

  vi.resetModules();
  const again = await import("./migrations");
  expect(again.diffMigrations).not.toBe(diffMigrations);
  const second = await openEmbeddedConnection();
  expect(await again.diffMigrations(second.adapterFactory, FOLDER, schema)).toBe("");
  await second.close();
  expect(engines()).toHaveLength(loaded);
  instantiate.mockRestore();
});
