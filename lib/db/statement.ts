import "server-only";

import { createHash } from "node:crypto";

/** One statement that is run often: PostgreSQL parses and plans it once for each connection, under its name. */
export type Statement = {
  /** At most 63 characters, and one text only. */
  name: string;
  /** With `$1`, `$2`, … where the values go. Names of tables without a schema: the session has one. */
  text: string;
};

/**
 * Runs one statement without Prisma, in a transaction of its own, and returns its rows as the driver reads them:
 * `timestamptz` is a Date, `uuid` a string, `int4` a number, an array of text a list of strings. A parameter that
 * PostgreSQL takes for an array is a list. Throws what the driver throws; `isDatabaseOutage` knows it.
 */
export type RunStatement = <Row>(statement: Statement, values: readonly unknown[]) => Promise<Row[]>;

/**
 * A query that was put together of parts, as a statement and its values. Its name is made of its text: there may be as
 * many texts as there are combinations of parts, which must be few, as each connection keeps them all.
 */
export function toStatement(
  prefix: string,
  { text, values }: { text: string; values: readonly unknown[] },
): [Statement, readonly unknown[]] {
  const digest = createHash("sha256").update(text).digest("hex").slice(0, 16);
  return [{ name: `${prefix}_${digest}`, text }, values];
}
