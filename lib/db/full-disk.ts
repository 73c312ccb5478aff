import "server-only";

/** What PostgreSQL says when there is no room left for what is to be written (its Appendix A). */
export const DISK_FULL = "53100";

// One for every bundle of this process.
const KEY = Symbol.for("vestibule.database-full");
const shared = globalThis as { [KEY]?: boolean };

/** Remembers whether the last write that needed new room on the disk of the database found some. */
export function noteDatabaseFull(isFull: boolean): void {
  shared[KEY] = isFull;
}

/** Whether a write found no room, and none has found some since. */
export function isDatabaseFull(): boolean {
  return shared[KEY] === true;
}
