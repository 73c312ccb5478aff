import "server-only";

import type { AuditFilter } from "../log/audit-log.schema";
import type { AuditLogEntry } from "../log/audit-log.types";
import { type AuditEventRow, toAuditLogEntries } from "../log/audit-projection";
import { listAuditRows, olderThan } from "../log/list-audit-rows";

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
  for (let last: AuditEventRow | undefined; ; ) {
    const rows: AuditEventRow[] = await listAuditRows(filter, {
      order: "desc",
      take: perBatch,
      ...(last === undefined ? {} : { place: olderThan(last) }),
    });
    const entries = await toAuditLogEntries(rows);
    yield entries.map((entry, index) => ({ ...entry, storedChanges: rows[index]?.changes }));
    last = rows.at(-1);
    if (last === undefined || rows.length < perBatch) return;
  }
}
