import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { migrationNames } from "@/lib/testing/database/migration-names";
import { type DatabaseConnection, openEmbeddedConnection } from "./connection";
import { applyMigrations, diffMigrations, getMigrationState } from "./migrations";

const FOLDER = resolve("prisma/migrations");
const NAMES = migrationNames(FOLDER);

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
    expect(await getMigrationState(connection.readRows, FOLDER)).toEqual({ pending: NAMES, unknown: [] });
  });

  it("are applied once: a second run has nothing to do", async () => {
    expect(await applyMigrations(connection.adapterFactory, FOLDER)).toEqual(NAMES);
    expect(await applyMigrations(connection.adapterFactory, FOLDER)).toEqual([]);
    expect(await getMigrationState(connection.readRows, FOLDER)).toEqual({ pending: [], unknown: [] });
  });

  it("leave the bookkeeping that the Prisma command line reads", async () => {
    const rows = await connection.readRows(
      "SELECT migration_name, length(checksum) AS checksum_length, applied_steps_count, rolled_back_at FROM _prisma_migrations ORDER BY migration_name",
    );
    const finished = { checksum_length: 64, applied_steps_count: 1, rolled_back_at: null };
    expect(rows).toEqual(NAMES.map((name) => ({ migration_name: name, ...finished })));
  });

  it("stop at one that fails and name it as pending afterwards", async () => {
    await mkdir(join(folder, "99990101000000_broken"));
    await writeFile(join(folder, "99990101000000_broken", "migration.sql"), "ALTER TABLE nowhere ADD COLUMN a int;\n");
    await expect(applyMigrations(connection.adapterFactory, folder)).rejects.toThrow(/nowhere/);
    expect(await getMigrationState(connection.readRows, folder)).toEqual({
      pending: ["99990101000000_broken"],
      unknown: [],
    });
  });

  it("of another version are told from those that are pending, also the one that failed", async () => {
    expect(await getMigrationState(connection.readRows, FOLDER)).toEqual({
      pending: [],
      unknown: ["99990101000000_broken"],
    });
  });
});

it("the data model has nothing that the migrations lack", async () => {
  const shadow = await openEmbeddedConnection();
  expect(await diffMigrations(shadow.adapterFactory, FOLDER, resolve("prisma/schema.prisma"))).toBe("");
  await shadow.close();
});

it("the engine is loaded once in a process, however often its file is", async () => {
  const connection = await openEmbeddedConnection();
  await applyMigrations(connection.adapterFactory, FOLDER);
  const instantiate = vi.spyOn(WebAssembly, "instantiate");
  vi.resetModules();
  const again = await import("./migrations");
  expect(again.applyMigrations).not.toBe(applyMigrations);
  expect(await again.applyMigrations(connection.adapterFactory, FOLDER)).toEqual([]);
  expect(instantiate).not.toHaveBeenCalled();
  instantiate.mockRestore();
  await connection.close();
});
