import "server-only";

import { database } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";

/** The rows of a table that nobody needs any more: `keptMs` after the moment in `column`. */
export type ExpiredRows = { table: string; column: string; keptMs: number };

/** What of a table is over, and since when the oldest of it is there. */
export type DueRows = { table: string; rows: number; oldest: Date | undefined };

/** One statement has to end within the limit of the database, however long nobody has deleted anything. */
const ROWS_AT_ONCE = 5_000;

/**
 * Deletes a slice of the rows that are over, the oldest first, and returns how many they were: 0 when none is left. Several
 * processes may do it at once; each takes others.
 */
export async function deleteExpired(
  { table, column, keptMs }: ExpiredRows,
  now: Date,
  rowsAtOnce: number = ROWS_AT_ONCE,
): Promise<number> {
  const [name, at] = [Prisma.raw(`"${table}"`), Prisma.raw(`"${column}"`)];
  // By their place in the table: some have no id.
  return database().$executeRaw`
    DELETE FROM ${name} WHERE ctid = ANY(ARRAY(
      SELECT ctid FROM ${name} WHERE ${at} < ${endOfUse(now, keptMs)}
      ORDER BY ${at} LIMIT ${rowsAtOnce} FOR UPDATE SKIP LOCKED))`;
}

/** Says what `deleteExpired` would delete, in however many slices. */
export async function countExpired({ table, column, keptMs }: ExpiredRows, now: Date): Promise<DueRows> {
  const [name, at] = [Prisma.raw(`"${table}"`), Prisma.raw(`"${column}"`)];
  const [found] = await database().$queryRaw<{ rows: number; oldest: Date | null }[]>`
    SELECT count(*)::int AS "rows", min(${at}) AS "oldest" FROM ${name} WHERE ${at} < ${endOfUse(now, keptMs)}`;
  return { table, rows: found?.rows ?? 0, oldest: found?.oldest ?? undefined };
}

function endOfUse(now: Date, keptMs: number): Date {
  return new Date(now.getTime() - keptMs);
}
