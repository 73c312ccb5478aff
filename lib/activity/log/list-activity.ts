import "server-only";

import { database } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { ActivityEntry } from "../activity.types";
import { ENTRY_COLUMNS, ENTRY_NAMES, type StoredEntry, toActivityEntries } from "../activity-projection";
import { type ActivityConditions, toConditions } from "./activity-conditions";
import { type ActivityPosition, REQUESTS_PER_PAGE, toPositionText } from "./activity-log.schema";
import type { ActivityPage, ActivityScope } from "./activity-log.types";
import { planSlices, type TimeSlice } from "./plan-slices";

/** So many rows are looked at for one page when no index answers all that is asked; what is rarer takes several pages. */
export const ROWS_LOOKED_AT_MAX = 5_000;

type Direction = "newestFirst" | "oldestFirst";
type Cursor = { before?: ActivityPosition | undefined; after?: ActivityPosition | undefined };
type Reading = {
  rows: StoredEntry[];
  /** Where it stopped because it had looked at enough; undefined when it came to the end or has what it wanted. */
  stoppedAt: ActivityPosition | undefined;
};

/**
 * Reads a page of the requests of machines, newest first. A page begins at a place and not at a number, so it costs the
 * same wherever it is and stays the same while new requests arrive. It looks at a bounded number of rows, and says how
 * far that went.
 */
export async function listActivity(
  scope: ActivityScope,
  { before, after }: Cursor,
  { now, perPage = REQUESTS_PER_PAGE, rowsMax = ROWS_LOOKED_AT_MAX }: { now: Date; perPage?: number; rowsMax?: number },
): Promise<ActivityPage> {
  if (scope.isNowhere) return { entries: [], olderThan: null, newerThan: null, lookedUntil: null };
  const read = (direction: Direction, from?: ActivityPosition) =>
    readRows(scope, { direction, from, now, take: perPage + 1, rowsMax });
  if (after !== undefined) {
    const { rows, stoppedAt } = await read("oldestFirst", after);
    const shown = rows.slice(0, perPage).reverse();
    // Fewer than a page: that is the first page, which begins with the newest.
    if (rows.length > perPage || stoppedAt !== undefined) {
      const newest = rows.length > perPage ? shown[0] : stoppedAt;
      return toPage(shown, { older: shown.at(-1) ?? after, newer: newest, lookedUntil: null });
    }
  }
  const { rows, stoppedAt } = await read("newestFirst", before);
  const shown = rows.slice(0, perPage);
  return toPage(shown, {
    older: rows.length > perPage ? shown.at(-1) : stoppedAt,
    newer: before === undefined ? undefined : (shown[0] ?? before),
    lookedUntil: stoppedAt?.at ?? null,
  });
}

function toPage(
  rows: readonly StoredEntry[],
  {
    older,
    newer,
    lookedUntil,
  }: { older: ActivityPosition | undefined; newer: ActivityPosition | undefined; lookedUntil: Date | null },
): ActivityPage {
  const toText = (place: ActivityPosition | undefined) => (place === undefined ? null : toPositionText(place));
  const entries: ActivityEntry[] = toActivityEntries(rows);
  return { entries, olderThan: toText(older), newerThan: toText(newer), lookedUntil };
}

type Wish = { direction: Direction; from: ActivityPosition | undefined; now: Date; take: number; rowsMax: number };

async function readRows(scope: ActivityScope, { direction, from, now, take, rowsMax }: Wish): Promise<Reading> {
  const conditions = toConditions(scope);
  const rows: StoredEntry[] = [];
  // Where an index answers everything, each row that is looked at is one of the page.
  let left = conditions.rest.length === 0 ? take : rowsMax;
  for (const slice of planSlices(timeFrom(scope, direction, from), { now, order: direction })) {
    const wanted = take - rows.length;
    const found = await readSlice(conditions, slice, { direction, from, wanted, left });
    rows.push(...found.rows);
    if (rows.length >= take) break;
    left -= found.scanned;
    if (found.scanned > 0 && left <= 0) return { rows, stoppedAt: found.last };
  }
  return { rows, stoppedAt: undefined };
}

/** The time that is left to read from a place on. */
function timeFrom({ since, until }: ActivityScope, direction: Direction, from: ActivityPosition | undefined) {
  if (from === undefined) return { since, until };
  const time = from.at.getTime();
  return direction === "newestFirst"
    ? { since, until: new Date(Math.min(until.getTime(), Math.max(time + 1, since.getTime()))) }
    : { since: new Date(Math.max(since.getTime(), Math.min(time, until.getTime()))), until };
}

type SliceWish = Pick<Wish, "direction" | "from"> & { wanted: number; left: number };
type Scan = { scanned: number; lastAt: Date; lastRequestId: string };

/** Looks at `left` rows of a part of the time, in the order of an index, and returns those that are wanted. */
async function readSlice(
  { indexed, rest }: ActivityConditions,
  { from: begin, to: end }: TimeSlice,
  { direction, from, wanted, left }: SliceWish,
): Promise<{ rows: StoredEntry[]; scanned: number; last: ActivityPosition | undefined }> {
  const isNewestFirst = direction === "newestFirst";
  const order = isNewestFirst ? Prisma.sql`"at" DESC, "request_id" DESC` : Prisma.sql`"at", "request_id"`;
  const backwards = isNewestFirst ? Prisma.sql`"at", "request_id"` : Prisma.sql`"at" DESC, "request_id" DESC`;
  const beyond =
    from === undefined
      ? []
      : isNewestFirst
        ? [Prisma.sql`("at" < ${from.at} OR "request_id" < ${from.requestId})`]
        : [Prisma.sql`("at" > ${from.at} OR "request_id" > ${from.requestId})`];
  const within = [Prisma.sql`"at" >= ${begin}`, Prisma.sql`"at" < ${end}`, ...beyond];
  const found = await database().$queryRaw<(StoredEntry & Partial<Scan>)[]>`
    WITH "scanned" AS MATERIALIZED (
      SELECT * FROM "activity" WHERE ${Prisma.join([...within, ...indexed], " AND ")} ORDER BY ${order} LIMIT ${left}
    ), "last" AS (
      SELECT "at", "request_id", (SELECT COUNT(*)::int FROM "scanned") AS "scanned"
      FROM "scanned" ORDER BY ${backwards} LIMIT 1
    ), "found" AS (
      SELECT * FROM "scanned" WHERE ${rest.length === 0 ? Prisma.sql`TRUE` : Prisma.join(rest, " AND ")}
      ORDER BY ${order} LIMIT ${wanted}
    )
    SELECT ${ENTRY_COLUMNS}, l."scanned", l."at" AS "lastAt", l."request_id" AS "lastRequestId"
    FROM "last" l LEFT JOIN "found" e ON TRUE ${ENTRY_NAMES}
    ORDER BY ${isNewestFirst ? Prisma.sql`e."at" DESC, e."request_id" DESC` : Prisma.sql`e."at", e."request_id"`}`;
  const { scanned = 0, lastAt, lastRequestId } = found[0] ?? {};
  const last =
    lastAt === undefined || lastRequestId === undefined ? undefined : { at: lastAt, requestId: lastRequestId };
  const rows = found.flatMap(({ scanned: _, lastAt: __, lastRequestId: ___, ...row }) =>
    row.at === null ? [] : [row],
  );
  return { rows, scanned, last };
}
