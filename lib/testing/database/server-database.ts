import { randomBytes } from "node:crypto";
import { inject } from "vitest";
import { openPostgresConnection } from "@/lib/db/connection";

/** An address of the test server with other parts than it has. */
export function serverUrl(parts: { database?: string; user?: string; search?: string }): string {
  const url = new URL(inject("testDatabaseUrl") || "postgresql://localhost");
  if (parts.database !== undefined) url.pathname = `/${parts.database}`;
  if (parts.user !== undefined) url.username = parts.user;
  if (parts.search !== undefined) url.search = parts.search;
  return url.href;
}

/** Runs statements at the test server, each as a message of its own, in one of its databases, however long they take. */
export async function runOnServer(
  statements: readonly string[],
  database?: string,
): Promise<Record<string, unknown>[]> {
  const url = serverUrl(database === undefined ? {} : { database });
  const connection = await openPostgresConnection(url, 1, { connectMsMax: 0 });
  try {
    return await connection.withSession(async (run) => {
      let rows: Record<string, unknown>[] = [];
      for (const statement of statements) rows = await run(statement);
      return rows;
    });
  } finally {
    await connection.close();
  }
}

/**
 * Makes an empty database with a role that owns it, both of one name and of a test's own. The role is no superuser, and
 * `ALTER ROLE` and `ALTER DATABASE … SET` may be tried on them.
 */
export async function createOwnedDatabase(): Promise<{ name: string; drop(): Promise<void> }> {
  const name = `vestibule_own_${randomBytes(6).toString("hex")}`;
  await runOnServer([`CREATE ROLE ${name} LOGIN`, `CREATE DATABASE ${name} OWNER ${name}`]);
  return {
    name,
    drop: async () => {
      await runOnServer([`DROP DATABASE ${name} WITH (FORCE)`, `DROP ROLE ${name}`]);
    },
  };
}
