import "server-only";

import type { SessionRunner } from "@/lib/db/connection";

/** Everything in a schema that is moved by itself, with the statement that moves it to another one. */
const CONTENTS = `
  WITH schema AS (SELECT oid FROM pg_namespace WHERE nspname = $1::text),
  extension_member AS (SELECT classid, objid FROM pg_depend WHERE deptype = 'e')
  SELECT 1 AS rank, format('ALTER EXTENSION %I SET SCHEMA %I', extname, $2::text) AS statement
  FROM pg_extension WHERE extnamespace = (SELECT oid FROM schema)
  UNION ALL
  SELECT 2, format('ALTER TABLE %I.%I SET SCHEMA %I', $1::text, relname, $2::text)
  FROM pg_class c WHERE relnamespace = (SELECT oid FROM schema) AND relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
    AND NOT EXISTS (SELECT FROM extension_member m WHERE m.classid = 'pg_class'::regclass AND m.objid = c.oid)
    AND NOT EXISTS (
      SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND c.relkind = 'S' AND d.deptype IN ('a', 'i'))
  UNION ALL
  SELECT 3, format('ALTER TYPE %I.%I SET SCHEMA %I', $1::text, typname, $2::text)
  FROM pg_type t LEFT JOIN pg_class c ON c.oid = t.typrelid
  WHERE typnamespace = (SELECT oid FROM schema) AND (typtype IN ('d', 'e', 'r') OR c.relkind = 'c')
    AND NOT EXISTS (SELECT FROM extension_member m WHERE m.classid = 'pg_type'::regclass AND m.objid = t.oid)
  UNION ALL
  SELECT 4, format('ALTER ROUTINE %s SET SCHEMA %I', p.oid::regprocedure, $2::text)
  FROM pg_proc p WHERE pronamespace = (SELECT oid FROM schema)
    AND NOT EXISTS (SELECT FROM extension_member m WHERE m.classid = 'pg_proc'::regclass AND m.objid = p.oid)
  UNION ALL
  SELECT 5, format('ALTER STATISTICS %I.%I SET SCHEMA %I', $1::text, stxname, $2::text)
  FROM pg_statistic_ext WHERE stxnamespace = (SELECT oid FROM schema)
  ORDER BY rank, statement`;

/** Returns the statements that move all there is in the schema `from` to the schema `to`. */
export async function listMoves(run: SessionRunner, from: string, to: string): Promise<string[]> {
  const rows = await run(CONTENTS, [from, to]);
  return rows.map(({ statement }) => String(statement));
}

/** How many tables, types and functions a schema holds; extensions and what belongs to them do not count. */
export async function countContents(run: SessionRunner, schema: string): Promise<number> {
  const moves = await listMoves(run, schema, schema);
  return moves.filter((statement) => !statement.startsWith("ALTER EXTENSION")).length;
}
