import "server-only";

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
