import "server-only";

import type { Database } from "./client";

/** Why nothing can be written although the database answers. */
export type WriteObstacle = "read_only" | "not_permitted";

/**
 * Asks the database whether this product could write now: a standby, or a role without its privileges, answers every
 * read. Looks at the log of changes, without which nothing is written, and at what applications did, without
 * which no token is handed out. Throws what the driver throws.
 */
export async function findWriteObstacle(database: Pick<Database, "$queryRaw">): Promise<WriteObstacle | undefined> {
  const [found] = await database.$queryRaw<{ isReadOnly: boolean; isPermitted: boolean }[]>`
    SELECT current_setting('transaction_read_only') = 'on' AS "isReadOnly",
           has_table_privilege('audit_events', 'SELECT') AND has_table_privilege('audit_events', 'INSERT')
             AND has_table_privilege('activity', 'SELECT') AND has_table_privilege('activity', 'INSERT') AS "isPermitted"`;
  if (found?.isReadOnly !== false) return "read_only";
  return found.isPermitted ? undefined : "not_permitted";
}
