import { readFile } from "node:fs/promises";
import { PGlite } from "@electric-sql/pglite";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";
import { connectEmbedded, type DatabaseConnection } from "@/lib/db/connection";

/** Opens an empty database in memory together with the way to keep all of it as a file. */
export async function openEmbeddedSnapshot(): Promise<{ connection: DatabaseConnection; dump(): Promise<Uint8Array> }> {
  const database = await PGlite.create("memory://", { extensions: { pg_trgm } });
  return {
    connection: await connectEmbedded(database),
    dump: async () => new Uint8Array(await (await database.dumpDataDir("none")).arrayBuffer()),
  };
}

/** Opens a copy, in memory, of the database that was kept in `file`. */
export async function openEmbeddedCopy(file: string): Promise<DatabaseConnection> {
  const loadDataDir = new Blob([await readFile(file)]);
  return connectEmbedded(await PGlite.create({ dataDir: "memory://", loadDataDir, extensions: { pg_trgm } }));
}
