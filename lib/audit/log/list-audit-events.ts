import "server-only";

import { database } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { toAuditWhere } from "./audit-filter";
import { AUDIT_EVENTS_PER_PAGE, type ListAuditEventsParams } from "./audit-log.schema";
import type { AuditLogPage } from "./audit-log.types";
import { auditEventSelect, toAuditLogEntries } from "./audit-projection";

type Position = { at: Date; id: string };

/**
 * Reads a page of the audit log, newest first. A page begins at an event, not at a number: it costs the same however
 * long the log is, and stays the same while new events arrive. An event that does not exist gives the first page.
 */
export async function listAuditEvents(
  { before, after, ...filter }: ListAuditEventsParams,
  perPage: number = AUDIT_EVENTS_PER_PAGE,
): Promise<AuditLogPage> {
  const where = toAuditWhere(filter);
  const newer = after === undefined ? null : await findPosition(after);
  if (newer !== null) {
    const found = await readEvents({ AND: [where, newerThan(newer)] }, "asc", perPage + 1);
    // Fewer than a page: that is the first page, which begins with the newest.
    if (found.length > perPage) return toPage(found.slice(0, perPage).reverse(), { isFirst: false, isLast: false });
  }
  const older = before === undefined ? null : await findPosition(before);
  const found = await readEvents(older === null ? where : { AND: [where, olderThan(older)] }, "desc", perPage + 1);
  return toPage(found.slice(0, perPage), { isFirst: older === null, isLast: found.length <= perPage });
}

function findPosition(id: string): Promise<Position | null> {
  return database().auditEvent.findUnique({ where: { id }, select: { at: true, id: true } });
}

/** The first condition says nothing new; it is what lets the database begin in the middle of an index. */
export function olderThan({ at, id }: Position): Prisma.AuditEventWhereInput {
  return { at: { lte: at }, OR: [{ at: { lt: at } }, { id: { lt: id } }] };
}

function newerThan({ at, id }: Position): Prisma.AuditEventWhereInput {
  return { at: { gte: at }, OR: [{ at: { gt: at } }, { id: { gt: id } }] };
}

function readEvents(where: Prisma.AuditEventWhereInput, order: "asc" | "desc", take: number) {
  return database().auditEvent.findMany({
    where,
    select: auditEventSelect,
    orderBy: [{ at: order }, { id: order }],
    take,
  });
}

async function toPage(
  rows: Awaited<ReturnType<typeof readEvents>>,
  { isFirst, isLast }: { isFirst: boolean; isLast: boolean },
): Promise<AuditLogPage> {
  return {
    entries: await toAuditLogEntries(rows),
    olderThan: isLast ? null : (rows.at(-1)?.id ?? null),
    newerThan: isFirst ? null : (rows[0]?.id ?? null),
  };
}
