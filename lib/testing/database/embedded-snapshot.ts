import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";
import { inject } from "vitest";
import { connectEmbedded, type DatabaseConnection } from "@/lib/db/connection";
import { DATABASE_FOLDER } from "@/lib/env/keys/ensure-keys";

/** Opens an empty database in memory together with the way to keep all of it as a file. */
export async function openEmbeddedSnapshot(): Promise<{ connection: DatabaseConnection; dump(): Promise<Uint8Array> }> {
  const database = await PGlite.create("memory://", { extensions: { pg_trgm } });
  return {
    connection: await connectEmbedded(database),
    dump: async () => new Uint8Array(await (await database.dumpDataDir("none")).arrayBuffer()),
  };
}

/** Writes a snapshot to a file, and its database to a folder. */
export async function writeEmbeddedTemplate(to: { file: string; folder: string }, snapshot: Uint8Array): Promise<void> {
  await writeFile(to.file, snapshot);
  const loadDataDir = new Blob([new Uint8Array(snapshot)]);
  await (await PGlite.create({ dataDir: to.folder, loadDataDir, extensions: { pg_trgm } })).close();
}

/** Writes a copy of the migrated database into a data directory, as a first start would have left it. */
export async function copyEmbeddedTemplate(dataDirectory: string): Promise<void> {
  await cp(inject("embeddedTemplate").folder, join(dataDirectory, DATABASE_FOLDER), { recursive: true });
}

/** Opens an embedded database of a test's own in memory, migrated, on either project: a copy of database-template.ts's. */
export async function openEmbeddedTemplate(): Promise<DatabaseConnection> {
  const loadDataDir = new Blob([await readFile(inject("embeddedTemplate").file)]);
  return connectEmbedded(await PGlite.create({ dataDir: "memory://", loadDataDir, extensions: { pg_trgm } }));
}
