import "server-only";

import { database } from "@/lib/db/client";
import type { ActivityEntry } from "./activity.types";
import { ENTRY_COLUMNS, ENTRY_NAMES, type StoredEntry, toActivityEntries } from "./activity-projection";

/** Finds what was asked under this request id, as an application's developers read it in `X-Request-Id`, and how it ended. */
export async function findActivity(requestId: string): Promise<ActivityEntry | undefined> {
  const rows = await database().$queryRaw<StoredEntry[]>`
    SELECT ${ENTRY_COLUMNS}
    FROM (SELECT * FROM "activity" WHERE "request_id" = ${requestId} ORDER BY "at" DESC LIMIT 1) e ${ENTRY_NAMES}`;
  return toActivityEntries(rows)[0];
}
