import "server-only";

import { database } from "@/lib/db/client";
import { toAuditWhere } from "./audit-filter";
import type { AuditFilter } from "./audit-log.schema";
import type { AuditLogEntry } from "./audit-log.types";
import { type AuditEventRow, auditEventSelect, toAuditLogEntries } from "./audit-projection";
import { olderThan } from "./list-audit-events";

const EVENTS_PER_BATCH = 500;

/** An event for an export: what is shown on its page, and the changes whole, as they are stored. */
export type ExportedAuditEvent = AuditLogEntry & { storedChanges: unknown };

/**
 * Lists everything that a filter lets through, newest first, a batch at a time. Events that arrive meanwhile are newer
 * than where it began, and are not in it.
 */
export async function* listAuditEventBatches(
  filter: AuditFilter,
  perBatch: number = EVENTS_PER_BATCH,
): AsyncGenerator<ExportedAuditEvent[]> {
  const where = toAuditWhere(filter);
  for (let last: AuditEventRow | undefined; ; ) {
    const rows: AuditEventRow[] = await database().auditEvent.findMany({
      where: last === undefined ? where : { AND: [where, olderThan(last)] },
      select: auditEventSelect,
      orderBy: [{ at: "desc" }, { id: "desc" }],
      take: perBatch,
    });
    const entries = await toAuditLogEntries(rows);
    yield entries.map((entry, index) => ({ ...entry, storedChanges: rows[index]?.changes }));
    last = rows.at(-1);
    if (last === undefined || rows.length < perBatch) return;
  }
}
