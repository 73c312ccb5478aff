import "server-only";

/** Longer than any query of the product takes. What takes longer is stuck, and its caller is told to come back. */
const STATEMENT_MS_MAX = 10_000;
/** Longer than `inTransaction` lets anything take, the wait for a connection included. */
const IDLE_IN_TRANSACTION_MS_MAX = 15_000;
/** After this long without a byte the server is taken for gone. The server itself gives up a statement before. */
export const SILENCE_MS_MAX = STATEMENT_MS_MAX + 5_000;

/**
 * What a session would otherwise inherit from the server, the database or the role, and what the product relies on: the
 * drivers read dates, intervals and bytes in these forms only, and locks and limits mean what the code says.
 */
export const SESSION_SETTINGS: Readonly<Record<string, string>> = {
  client_encoding: "UTF8",
  DateStyle: "ISO, YMD",
  TimeZone: "UTC",
  IntervalStyle: "postgres",
  bytea_output: "hex",
  extra_float_digits: "1",
  standard_conforming_strings: "on",
  array_nulls: "on",
  transform_null_equals: "off",
  default_transaction_isolation: "read committed",
  default_transaction_read_only: "off",
  default_transaction_deferrable: "off",
  statement_timeout: String(STATEMENT_MS_MAX),
  lock_timeout: "0",
  idle_in_transaction_session_timeout: String(IDLE_IN_TRANSACTION_MS_MAX),
  idle_session_timeout: "0",
  // Compiling a plan pays for reports over many rows; here it makes a search of a second out of one of ten milliseconds.
  jit: "off",
};

/**
 * The statements that begin a session, as one message. Its last result says in `schema` where all tables are: in the one
 * that is given, or in the one where the session would have created them. Null: the `search_path` leads nowhere.
 */
export function beginSessionSql(schema: string | undefined): string {
  const settings = Object.entries(SESSION_SETTINGS).map(([name, value]) => `SET ${name} = '${value}';`);
  const found = schema === undefined ? "current_schema()" : `'${schema}'`;
  return `${settings.join("")}SELECT ${found} AS schema, set_config('search_path', quote_ident(${found}), false)`;
}
