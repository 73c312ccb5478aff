/** A table as it is copied: columns that the database works out by itself are left out. */
export type TableShape = { name: string; columns: readonly string[] };

/** What tells two copies of a table apart, whatever the order of their rows. */
export type TableSum = { rows: number; digest: string };

/** All that a database holds at one moment. */
export type Snapshot = {
  /** The names of the migrations that it has had, in their order. */
  migrations: readonly string[];
  tables: readonly TableShape[];
  /** The partitions of `activity` that there are besides the default one. */
  activityPartitions: readonly { name: string; isIndexed: boolean }[];
  /**
   * Reads the rows of a table, some at a time. A row is a line: a JSON array with the text of each column, or null. Tables are
   * read one after the other, in the order of `tables`, and each to its end.
   */
  readTable(table: TableShape): AsyncIterable<readonly string[]>;
};
