import { createHash, randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rename, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { TestProject } from "vitest/node";
import { type DatabaseConnection, openPostgresConnection } from "@/lib/db/connection";
import { applyMigrations } from "@/lib/db/migrations";
import { openEmbeddedSnapshot, writeEmbeddedTemplate } from "./embedded-snapshot";

const MIGRATIONS = resolve("prisma/migrations");
const CACHE = resolve(".build/test-databases");

/** The same database twice: `file` is for one in memory, `folder` for one on the disk. */
type EmbeddedTemplate = { file: string; folder: string };

declare module "vitest" {
  export interface ProvidedContext {
    /** What a migrated embedded database without rows is copied from. */
    embeddedTemplate: EmbeddedTemplate;
    /** What one is copied from in which nothing has been made yet. */
    emptyCluster: EmbeddedTemplate;
    /** The name of the database that one on the server is copied from; empty where there is none. */
    databaseTemplate: string;
  }
}

/**
 * Makes one migrated database before the tests of a project begin; each file then gets a copy, which costs a fraction of
 * making one. The embedded one is kept until a migration changes, that of a server is gone with the run.
 */
export default async function setUpDatabaseTemplate(project: TestProject): Promise<() => Promise<void>> {
  const url = project.config.provide.testDatabaseUrl ?? "";
  const { empty, migrated } = await ensureEmbeddedTemplates();
  project.provide("emptyCluster", empty);
  project.provide("embeddedTemplate", migrated);
  if (url === "") return async () => {};
  const name = `vestibule_template_${randomBytes(6).toString("hex")}`;
  await runOnServer(url, `CREATE DATABASE ${name}`);
  await migrateServerDatabase(url, name);
  project.provide("databaseTemplate", name);
  return () => runOnServer(url, `DROP DATABASE ${name} WITH (FORCE)`);
}

async function ensureEmbeddedTemplates(): Promise<Record<"empty" | "migrated", EmbeddedTemplate>> {
  const path = join(CACHE, await digestOfMigrations());
  const templateOf = (folder: string, name: string) => ({
    file: join(folder, `${name}.tar`),
    folder: join(folder, name),
  });
  if (!existsSync(path)) {
    await mkdir(CACHE, { recursive: true });
    // Two runs may make them at once: neither must read half of the other's.
    const half = await mkdtemp(`${path}.`);
    await writeEmbeddedTemplates(templateOf(half, "empty"), templateOf(half, "migrated"));
    await rename(half, path).catch(() => rm(half, { recursive: true }));
  }
  return { empty: templateOf(path, "empty"), migrated: templateOf(path, "migrated") };
}

async function writeEmbeddedTemplates(empty: EmbeddedTemplate, migrated: EmbeddedTemplate): Promise<void> {
  const { connection, dump } = await openEmbeddedSnapshot();
  await writeEmbeddedTemplate(empty, await dump());
  await applyMigrations(connection, MIGRATIONS);
  await writeEmbeddedTemplate(migrated, await dump());
  await connection.close();
}

/** Names the templates after all that they are made from. */
async function digestOfMigrations(): Promise<string> {
  const hash = createHash("sha256").update(await readFile("node_modules/@electric-sql/pglite/package.json"));
  const entries = await readdir(MIGRATIONS, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  for (const file of files.sort()) hash.update(`\0${file}\0`).update(await readFile(file));
  return hash.digest("hex").slice(0, 32);
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
