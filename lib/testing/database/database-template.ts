import { createHash, randomBytes } from "node:crypto";
import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { TestProject } from "vitest/node";
import { type DatabaseConnection, openPostgresConnection } from "@/lib/db/connection";
import { applyMigrations } from "@/lib/db/migrations";
import { openEmbeddedSnapshot } from "./embedded-snapshot";

const MIGRATIONS = resolve("prisma/migrations");
const CACHE = resolve(".build/test-databases");

declare module "vitest" {
  export interface ProvidedContext {
    /** The file that an empty, migrated embedded database is copied from. */
    embeddedTemplate: string;
    /** The name of the database that one on the server is copied from; empty where there is none. */
    databaseTemplate: string;
  }
}

/**
 * Makes one migrated database before the tests of a project begin; each file then gets a copy, which costs a fraction of
 * making one. The embedded one is kept in a file until a migration changes, that of a server is gone with the run.
 */
export default async function setUpDatabaseTemplate(project: TestProject): Promise<() => Promise<void>> {
  const url = project.config.provide.testDatabaseUrl ?? "";
  project.provide("embeddedTemplate", await ensureSnapshotFile());
  if (url === "") return async () => {};
  const name = `vestibule_template_${randomBytes(6).toString("hex")}`;
  await runOnServer(url, `CREATE DATABASE ${name}`);
  await migrateServerDatabase(url, name);
  project.provide("databaseTemplate", name);
  return () => runOnServer(url, `DROP DATABASE ${name} WITH (FORCE)`);
}

async function ensureSnapshotFile(): Promise<string> {
  const path = join(CACHE, `${await digestOfMigrations()}.tar`);
  if (await isThere(path)) return path;
  const { connection, dump } = await openEmbeddedSnapshot();
  await applyMigrations(connection, MIGRATIONS);
  const bytes = await dump();
  await connection.close();
  await mkdir(CACHE, { recursive: true });
  // Two runs may make it at once: neither must read half of the other's.
  const half = `${path}.${randomBytes(4).toString("hex")}`;
  await writeFile(half, bytes);
  await rename(half, path);
  return path;
}

/** Names the snapshot after all that it is made from. */
async function digestOfMigrations(): Promise<string> {
  const hash = createHash("sha256").update(await readFile("node_modules/@electric-sql/pglite/package.json"));
  const entries = await readdir(MIGRATIONS, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  for (const file of files.sort()) hash.update(`\0${file}\0`).update(await readFile(file));
  return hash.digest("hex").slice(0, 32);
}

async function isThere(path: string): Promise<boolean> {
  return readFile(path).then(
    () => true,
    () => false,
  );
}

async function migrateServerDatabase(url: string, name: string): Promise<void> {
  const own = new URL(url);
  own.pathname = `/${name}`;
  const connection = await openPostgresConnection(own.href, 1);
  await applyMigrations(connection, MIGRATIONS);
  await keepFromAutovacuum(connection);
  await connection.close();
}

/** It comes when it likes: plans become others between two looks at them, and locks are held for a moment. */
async function keepFromAutovacuum({ readRows }: Pick<DatabaseConnection, "readRows">): Promise<void> {
  const tables = await readRows(`
    SELECT oid::regclass::text AS name FROM pg_class
    WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'`);
  for (const { name } of tables) await readRows(`ALTER TABLE ${name} SET (autovacuum_enabled = false)`);
}

/** However long it takes: a database is dropped when all that was written is on the disk. */
async function runOnServer(url: string, sql: string): Promise<void> {
  const server = await openPostgresConnection(url, 1, { connectMsMax: 0 });
  await server.withSession((run) => run(sql));
  await server.close();
}
