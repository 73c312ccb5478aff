import "server-only";

import { database } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { toAuditWheres } from "./audit-filter";
import type { AuditFilter } from "./audit-log.schema";
import { type AuditEventRow, auditEventSelect } from "./audit-projection";

/** A place in the log: events of one moment are in the order of their ids. */
export type AuditPosition = { at: Date; id: string };

type ReadRows = { order: "asc" | "desc"; take: number; place?: Prisma.AuditEventWhereInput };

/**
 * Reads the first events that a filter lets through, in the order of the log. Where it has several conditions each is read
 * by its own index as far as the page can reach, and what several of them let through is one event.
 */
export async function listAuditRows(
  filter: AuditFilter,
  { order, take, place = {} }: ReadRows,
): Promise<AuditEventRow[]> {
  const found = await Promise.all(
    toAuditWheres(filter).map((where) =>
      database().auditEvent.findMany({
        where: { AND: [where, place] },
        select: auditEventSelect,
        orderBy: [{ at: order }, { id: order }],
        take,
      }),
    ),
  );
  if (found.length < 2) return found[0] ?? [];
  const rows = [...new Map(found.flat().map((row) => [row.id, row])).values()];
  const sign = order === "asc" ? 1 : -1;
  return rows.sort((one, other) => sign * compare(one, other)).slice(0, take);
}

/** Counts what a filter lets through, up to `newest`. Each event is looked at, so it is for who reads them all anyway. */
export async function countAuditRows(filter: AuditFilter, newest: AuditPosition): Promise<number> {
  const wheres = toAuditWheres(filter);
  return database().auditEvent.count({ where: { AND: [{ OR: wheres }, { NOT: newerThan(newest) }] } });
}

/** The first condition says nothing new; it is what lets the database begin in the middle of an index. */
export function olderThan({ at, id }: AuditPosition): Prisma.AuditEventWhereInput {
  return { at: { lte: at }, OR: [{ at: { lt: at } }, { id: { lt: id } }] };
}

export function newerThan({ at, id }: AuditPosition): Prisma.AuditEventWhereInput {
  return { at: { gte: at }, OR: [{ at: { gt: at } }, { id: { gt: id } }] };
}

/** As the database compares UUIDs, which it writes in lower case: as texts. */
function compare(one: AuditPosition, other: AuditPosition): number {
  return one.at.getTime() - other.at.getTime() || (one.id < other.id ? -1 : 1);
}
