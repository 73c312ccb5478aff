import "server-only";

import type pg from "pg";
import { SESSION_SETTINGS } from "./session-settings";

/** The `search_path` of the role leads to no schema that exists, and the address names none. */
export class NoSchemaError extends Error {
  override readonly name = "NoSchemaError";
}

/** What does not work through a pooler that gives every transaction another session. The message is for the operator. */
export class PoolerError extends Error {
  override readonly name = "PoolerError";
}

type Found = { schema: string | null; role: string; database: string; settings: Record<string, string> };

const NAMES = Object.keys(SESSION_SETTINGS).map((name) => `'${name}'`);
const CHECK = `SELECT current_schema() AS schema, quote_ident(current_user) AS role,
  quote_ident(current_database()) AS database,
  (SELECT json_object_agg(name, setting) FROM pg_settings WHERE name IN (${NAMES.join(", ")})) AS settings`;

/**
 * Makes sure that sessions have SESSION_SETTINGS, and the schema, without being told, and returns the schema. Throws
 * `PoolerError` with the statements that give them to the role, `NoSchemaError` when there is no schema at all.
 */
export async function requireRoleSettings(client: pg.ClientBase, schema: string | undefined): Promise<string> {
  const { rows } = await client.query<Found>(CHECK);
  const [found] = rows;
  if (found === undefined || (found.schema === null && schema === undefined)) {
    throw new NoSchemaError("The search_path of the role names no schema that exists.");
  }
  const wrong = Object.entries(SESSION_SETTINGS).filter(([name, value]) => found.settings[name] !== value);
  const statements = wrong.map(([name, value]) => `SET ${name} = '${value}'`);
  // The address allows no name that would need another quote.
  if (schema !== undefined && found.schema !== schema) statements.push(`SET search_path = "${schema}"`);
  if (statements.length === 0) return schema ?? found.schema ?? "public";
  const change = `ALTER ROLE ${found.role} IN DATABASE ${found.database}`;
  throw new PoolerError(
    [
      "Through PgBouncer nothing can be set on a session, so the role has to have what the product relies on. Run this on the server, and then RECONNECT in the console of PgBouncer:",
      ...statements.map((statement) => `${change} ${statement};`),
    ].join("\n"),
  );
}
