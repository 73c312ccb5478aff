import "server-only";

import { database } from "@/lib/db/client";
import { AUDIT_EVENTS_PER_PAGE, type ListAuditEventsParams } from "./audit-log.schema";
import type { AuditLogPage } from "./audit-log.types";
import { type AuditEventRow, toAuditLogEntries } from "./audit-projection";
import { type AuditPosition, listAuditRows, newerThan, olderThan } from "./list-audit-rows";

/**
 * Reads a page of the audit log, newest first. A page begins at an event, not at a number: it costs the same however
 * long the log is, and stays the same while new events arrive. An event that does not exist gives the first page.
 */
export async function listAuditEvents(
  { before, after, ...filter }: ListAuditEventsParams,
  perPage: number = AUDIT_EVENTS_PER_PAGE,
): Promise<AuditLogPage> {
  const newer = after === undefined ? null : await findPosition(after);
  if (newer !== null) {
    const found = await listAuditRows(filter, { order: "asc", take: perPage + 1, place: newerThan(newer) });
    // Fewer than a page: that is the first page, which begins with the newest.
    if (found.length > perPage) return toPage(found.slice(0, perPage).reverse(), { isFirst: false, isLast: false });
  }
  const older = before === undefined ? null : await findPosition(before);
  const found = await listAuditRows(filter, {
    order: "desc",
    take: perPage + 1,
    ...(older === null ? {} : { place: olderThan(older) }),
  });
  return toPage(found.slice(0, perPage), { isFirst: older === null, isLast: found.length <= perPage });
}

function findPosition(id: string): Promise<AuditPosition | null> {
  return database().auditEvent.findUnique({ where: { id }, select: { at: true, id: true } });
}

async function toPage(
  rows: AuditEventRow[],
  { isFirst, isLast }: { isFirst: boolean; isLast: boolean },
): Promise<AuditLogPage> {
  return {
    entries: await toAuditLogEntries(rows),
    olderThan: isLast ? null : (rows.at(-1)?.id ?? null),
    newerThan: isFirst ? null : (rows[0]?.id ?? null),
  };
}
