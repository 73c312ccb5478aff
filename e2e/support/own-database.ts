import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { resolve } from "node:path";
import { promisify } from "node:util";
import pg from "pg";
import { neutralEnvironment } from "./server";

const run = promisify(execFile);

/** Runs one statement on the database at `url`, and returns its rows. */
export async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<Record<string, unknown>>(sql);
  await client.end();
  return rows;
}

/** The keys as an operator makes them for a database server. */
export async function generateKeys(): Promise<Record<string, string>> {
  const { stdout } = await run(process.execPath, ["scripts/run.mjs", "generate-keys"]);
  return Object.fromEntries(Array.from(stdout.matchAll(/^(\w+)='?(.*?)'?$/gm), ([, name, value]) => [name, value]));
}

/** Brings the database that `environment` names up to date, as an operator does. */
export async function migrate(environment: Record<string, string>): Promise<void> {
  await run(process.execPath, ["scripts/run.mjs", "migrate"], {
    env: { ...process.env, ...neutralEnvironment(), ...environment },
  });
}

/**
 * Brings a database that `migrate` has brought up to date further, with migrations in `folder`/prisma/migrations: those of a
 * version that is yet to come.
 */
export async function migrateFrom(folder: string, environment: Record<string, string>): Promise<void> {
  await run(process.execPath, [resolve(".build/migrate.mjs")], {
    cwd: folder,
    env: { ...process.env, ...neutralEnvironment(), ...environment },
  });
}

export type OwnDatabase = { environment: Record<string, string>; drop(): Promise<void> };

/** Makes an empty database on the server at `serverUrl`, with keys of its own. */
export async function createOwnDatabase(serverUrl: string): Promise<OwnDatabase> {
  const name = `vestibule_e2e_${randomBytes(6).toString("hex")}`;
  await query(serverUrl, `CREATE DATABASE ${name}`);
  const address = new URL(serverUrl);
  address.pathname = `/${name}`;
  return {
    environment: { ...(await generateKeys()), DATABASE_URL: address.href },
    drop: async () => {
      await query(serverUrl, `DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}
