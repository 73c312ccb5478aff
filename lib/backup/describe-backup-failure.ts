import "server-only";

import { DataDirectoryBusyError } from "@/lib/db/data-directory/data-directory-lock";
import { DataDirectoryError } from "@/lib/db/data-directory/prepare-data-directory";
import { describeDatabaseFailure } from "@/lib/db/describe-database-failure";
import { MigrationError } from "@/lib/db/migrations";
import { DatabaseStartError } from "@/lib/db/open-database";
import { PoolerError } from "@/lib/db/postgres/role-settings";
import { sqlStateOf } from "@/lib/db/sql-state";
import { EnvironmentError } from "@/lib/env/environment-error";
import { ValueError } from "@/lib/env/value-parsers";
import { BackupError } from "./backup-error";

const EXPECTED = [
  BackupError,
  DataDirectoryBusyError,
  DataDirectoryError,
  DatabaseStartError,
  EnvironmentError,
  MigrationError,
  PoolerError,
  ValueError,
];

/** Classes of SQLSTATE that speak of the rows, whose text may quote them (PostgreSQL manual, Appendix A). */
const ABOUT_ROWS = /^2[23]/;

/**
 * Says why a backup, a restore or a move was not done. What an operator can mend is a sentence, which quotes no row and no part
 * of an address; anything else is a bug and comes with its stack.
 */
export function describeBackupFailure(error: unknown): string {
  if (EXPECTED.some((kind) => error instanceof kind) && error instanceof Error) return error.message;
  const state = sqlStateOf(error);
  if (state !== undefined && ABOUT_ROWS.test(state)) {
    return `The rows do not fit into the tables (${state}): the backup was altered, or somebody has changed the schema.`;
  }
  const code = error instanceof Error && "code" in error ? String(error.code) : undefined;
  if (state !== undefined || code === "ECONNRESET" || code === "EPIPE" || code === "ETIMEDOUT") {
    return describeDatabaseFailure(error);
  }
  if (code === "ENOSPC" || code === "EDQUOT" || code === "EFBIG") return `The disk is full (${code}). Make room on it.`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
