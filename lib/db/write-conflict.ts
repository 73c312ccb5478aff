import "server-only";

import { sqlStateOf } from "./sql-state";

/** Serialization failure, deadlock. */
const SQL_STATES: ReadonlySet<string | undefined> = new Set(["40001", "40P01"]);

/**
 * Whether the database gave a transaction up for the sake of another one, so that the same work may well succeed now.
 */
export function isWriteConflict(thrown: unknown): boolean {
  return SQL_STATES.has(sqlStateOf(thrown));
}
