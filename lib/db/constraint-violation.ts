import "server-only";

import { hasCode } from "@/lib/errors/has-code";
import { sqlStateOf } from "./sql-state";

/** Whether the database refused a write because a unique value is taken already. The transaction is over then. */
export function isUniqueViolation(thrown: unknown): boolean {
  return hasCode(thrown, "P2002");
}

/** Whether the database refused a write because it refers to a row that is gone. The transaction is over then. */
export function isForeignKeyViolation(thrown: unknown): boolean {
  return hasCode(thrown, "P2003") || sqlStateOf(thrown) === "23503";
}
