import "server-only";

import type { RowReader } from "@/lib/db/connection";
import type { Partition } from "./plan-partitions";

const PARTITIONS = `
  SELECT c.relname::text AS "name", EXISTS (
    SELECT FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid
    WHERE i.indrelid = c.oid AND x.relname = c.relname || '_request') AS "isIndexed"
  FROM pg_inherits JOIN pg_class c ON c.oid = inhrelid
  WHERE inhparent = to_regclass('activity') AND c.relname <> 'activity_default'`;

/** Lists the partitions of `activity` but for the default one; none where the table is not there yet. */
export async function listPartitions(run: RowReader): Promise<Partition[]> {
  // The drivers return what the statement says.
  return (await run(PARTITIONS)) as Partition[];
}
