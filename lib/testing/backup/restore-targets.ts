import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inject } from "vitest";
import { type DatabaseConnection, openEmbeddedConnection, openPostgresConnection } from "@/lib/db/connection";
import { createOwnedDatabase, runOnServer, serverUrl } from "@/lib/testing/database/server-database";

/** An empty place to restore into, of a test's own. */
export type RestoreTarget = {
  location: { databaseUrl: string | undefined; dataDirectory: string };
  /** Opens what was restored. */
  open(): Promise<DatabaseConnection>;
  /** What there is: files of the data directory but for the lock, and schemas of the server with something in them. */
  contents(): Promise<string[]>;
  dispose(): Promise<void>;
};

export const TARGETS =
  inject("testDatabaseUrl") === "" ? (["embedded"] as const) : (["embedded", "postgresql"] as const);

export async function makeTarget(kind: "embedded" | "postgresql"): Promise<RestoreTarget> {
  const dataDirectory = await mkdtemp(join(tmpdir(), "vestibule-restore-"));
  const own = kind === "embedded" ? undefined : await createOwnedDatabase();
  const databaseUrl = own && serverUrl({ database: own.name, user: own.name });
  return {
    location: { databaseUrl, dataDirectory },
    open: () =>
      databaseUrl === undefined
        ? openEmbeddedConnection(join(dataDirectory, "postgres"))
        : openPostgresConnection(databaseUrl, 2),
    async contents() {
      const files = (await readdir(dataDirectory)).filter((name) => !/^lock\.\d+$/.test(name));
      return own === undefined ? files : [...files, ...(await schemasOf(own.name))];
    },
    async dispose() {
      await own?.drop();
      await rm(dataDirectory, { recursive: true });
    },
  };
}

async function schemasOf(database: string): Promise<string[]> {
  const rows = await runOnServer(
    [
      `SELECT DISTINCT nspname::text AS name FROM pg_namespace LEFT JOIN pg_class ON relnamespace = pg_namespace.oid
       WHERE nspname !~ '^pg_|^information_schema$' AND (relname IS NOT NULL OR nspname <> 'public')`,
    ],
    database,
  );
  return rows.map(({ name }) => String(name));
}

/** Everything that migrations make, in words that two databases have in common. */
export async function describeSchema({ readRows }: Pick<DatabaseConnection, "readRows">): Promise<string[]> {
  const rows = await readRows(`
    WITH here AS (SELECT current_schema()::regnamespace AS oid)
    SELECT concat_ws(' ', 'table', relname, relkind, relispartition) AS line FROM pg_class, here
      WHERE relnamespace = here.oid AND relkind IN ('r', 'p', 'S', 'v')
    UNION ALL SELECT concat_ws(' ', 'index', replace(indexdef, schemaname || '.', '')) FROM pg_indexes
      WHERE schemaname = current_schema()
    UNION ALL SELECT concat_ws(' ', 'column', relname, attname, format_type(atttypid, atttypmod), attnotnull,
        nullif(attstattarget, -1), pg_get_expr(adbin, adrelid))
      FROM pg_class JOIN here ON relnamespace = here.oid JOIN pg_attribute ON attrelid = pg_class.oid
      LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
      WHERE relkind IN ('r', 'p') AND attnum > 0 AND NOT attisdropped
    UNION ALL SELECT concat_ws(' ', 'constraint', conrelid::regclass, conname, pg_get_constraintdef(r.oid), convalidated)
      FROM pg_constraint r, here WHERE connamespace = here.oid AND contype <> 'n'
    UNION ALL SELECT concat_ws(' ', 'trigger', tgrelid::regclass, tgname, tgenabled) FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT concat_ws(' ', 'function', proname, md5(prosrc)) FROM pg_proc, here WHERE pronamespace = here.oid
    UNION ALL SELECT concat_ws(' ', 'label', typname, enumlabel, enumsortorder) FROM pg_type, pg_enum, here
      WHERE enumtypid = pg_type.oid AND typnamespace = here.oid
    UNION ALL SELECT concat_ws(' ', 'statistics', stxname) FROM pg_statistic_ext
    UNION ALL SELECT concat_ws(' ', 'migration', name, checksum) FROM vestibule_migrations
    ORDER BY 1`);
  return rows.map(({ line }) => String(line)).sort();
}
