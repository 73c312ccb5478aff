import "server-only";

export type GroupWriter<Row> = {
  /** Resolves when the row is stored, and rejects with what storing it threw. */
  write(row: Row): Promise<void>;
  /** The rows that are not stored yet, those included that are being written. */
  waiting(): readonly Row[];
  /** Resolves when no row waits and nothing is being written. */
  settled(): Promise<void>;
};

/** Rows that go together at most. */
const GROUP_ROWS_MAX = 500;
/** Rows that wait at most: each belongs to a request that waits too. */
const WAITING_ROWS_MAX = 10_000;

/** Too much is waiting already. The code is that of a server without resources, which is what it is to the request. */
export class GroupWriterFullError extends Error {
  override readonly name = "GroupWriterFullError";
  readonly code = "53400";
}

type Waiting<Row> = { row: Row; resolve: () => void; reject: (error: unknown) => void };

/**
 * Writes rows in groups, one group after the other: rows that come in while one is being written wait and go together in the
 * next one, so a database that commits slowly gets fewer and larger commits. Rows are written in the order in which they came.
 * A group that cannot be written fails all of its rows. If it failed for what is in a row (`isRowFault`), its rows are written
 * one by one, so that only those fail that cannot be stored.
 */
export function createGroupWriter<Row>(deps: {
  /** Stores all of the rows, or none. */
  write(rows: readonly Row[]): Promise<void>;
  isRowFault(error: unknown): boolean;
  /** Runs `work` soon: rows of the same moment should be there by then. */
  defer(work: () => void): void;
  rowsMax?: number;
  waitingMax?: number;
}): GroupWriter<Row> {
  const { rowsMax = GROUP_ROWS_MAX, waitingMax = WAITING_ROWS_MAX } = deps;
  let waiting: Waiting<Row>[] = [];
  let beingWritten: readonly Waiting<Row>[] = [];
  let underWay: Promise<void> | undefined;

  async function writeAll(): Promise<void> {
    while (waiting.length > 0) {
      beingWritten = waiting.slice(0, rowsMax);
      waiting = waiting.slice(rowsMax);
      await writeGroup(beingWritten);
      beingWritten = [];
    }
    underWay = undefined;
  }

  async function writeGroup(group: readonly Waiting<Row>[]): Promise<void> {
    try {
      await deps.write(group.map(({ row }) => row));
    } catch (error) {
      if (group.length > 1 && deps.isRowFault(error)) for (const one of group) await writeGroup([one]);
      else for (const { reject } of group) reject(error);
      return;
    }
    for (const { resolve } of group) resolve();
  }

  return {
    write: (row) =>
      new Promise((resolve, reject) => {
        if (waiting.length >= waitingMax) {
          reject(new GroupWriterFullError("Too many rows wait to be written"));
          return;
        }
        waiting.push({ row, resolve, reject });
        underWay ??= new Promise((end) => deps.defer(() => void writeAll().then(end)));
      }),
    waiting: () => [...beingWritten, ...waiting].map(({ row }) => row),
    async settled() {
      while (underWay !== undefined) await underWay;
    },
  };
}
