import "server-only";

import { database } from "@/lib/db/client";
import type { RefusedEntry } from "./activity.types";
import { ENTRY_COLUMNS, ENTRY_NAMES, type StoredEntry, toActivityEntries } from "./activity-projection";

/** Lists the last refused requests of an application, newest first. In a flood of what nobody has proved they are samples. */
export async function listRecentRefusals(applicationId: string, take = 20): Promise<RefusedEntry[]> {
  const rows = await database().$queryRaw<StoredEntry[]>`
    SELECT ${ENTRY_COLUMNS}
    FROM (
      SELECT * FROM "activity" WHERE "application_id" = ${applicationId}::uuid AND "reason" IS NOT NULL
      ORDER BY "at" DESC, "request_id" DESC LIMIT ${take}
    ) e ${ENTRY_NAMES}
    ORDER BY e."at" DESC, e."request_id" DESC`;
  return toActivityEntries(rows).flatMap(({ reason, ...entry }) => (reason === null ? [] : [{ ...entry, reason }]));
}
