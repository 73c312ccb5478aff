import "server-only";

import type { Database } from "./client";
import { DISK_FULL, isDatabaseFull, noteDatabaseFull } from "./full-disk";
import { sqlStateOf } from "./sql-state";

/** Why nothing can be written although the database answers. */
export type WriteObstacle = "read_only" | "not_permitted" | "database_full";

/**
 * Asks the database whether this product could write now: a standby, or a role without its privileges, answers every
 * read. Looks at the log of changes, without which nothing is written, and at what applications did, without
 * which no token is handed out. After a write that found no room on the disk of the database, and until one finds room
 * again, it also tries one that needs new room and is rolled back. Throws what the driver throws.
 */
export async function findWriteObstacle(
  database: Pick<Database, "$queryRaw" | "$transaction">,
): Promise<WriteObstacle | undefined> {
  const [found] = await database.$queryRaw<{ isReadOnly: boolean; isPermitted: boolean }[]>`
    SELECT current_setting('transaction_read_only') = 'on' AS "isReadOnly",
           has_table_privilege('audit_events', 'SELECT') AND has_table_privilege('audit_events', 'INSERT')
             AND has_table_privilege('activity', 'SELECT') AND has_table_privilege('activity', 'INSERT') AS "isPermitted"`;
  if (found?.isReadOnly !== false) return "read_only";
  if (!found.isPermitted) return "not_permitted";
  return isDatabaseFull() && !(await hasRoom(database)) ? "database_full" : undefined;
}

class RolledBack extends Error {}

async function hasRoom(database: Pick<Database, "$transaction">): Promise<boolean> {
  try {
    await database.$transaction(async (tx) => {
      // 128 KiB that do not compress: more than what is left free in the pages of the table.
      await tx.$executeRaw`
        INSERT INTO audit_events (id, actor_kind, action, target_kind, changes)
        SELECT gen_random_uuid(), 'system', 'disk.probed', 'disk',
               jsonb_build_object('filler', string_agg(md5(random()::text), ''))
        FROM generate_series(1, 4096)`;
      throw new RolledBack();
    });
  } catch (thrown) {
    if (sqlStateOf(thrown) === DISK_FULL) return false;
    if (!(thrown instanceof RolledBack)) throw thrown;
  }
  noteDatabaseFull(false);
  return true;
}
