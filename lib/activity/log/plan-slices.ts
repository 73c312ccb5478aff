import "server-only";

import { HOUR_MS, MINUTE_MS } from "@/lib/time";

/** A part of the time, from `from` to before `to`. */
export type TimeSlice = { from: Date; to: Date };

/**
 * Rows that are this old have the indexes of the log: their hour is over, late rows had their time, and housekeeping had
 * its turn (lib/activity/partitions).
 */
const INDEXED_AFTER_MS = HOUR_MS + 10 * MINUTE_MS;
/** What is read of the hour that has no indexes: a little, more, and the rest, until a page is full. */
const FIRST_SLICES_MS = [15_000, 3 * MINUTE_MS];

/**
 * Divides the time of a page into the parts in which it is read, in the order of reading. What is still without indexes
 * but by the time would have to be read as a whole, to sort it, before the first row of it is known.
 */
export function planSlices(
  { since, until }: { since: Date; until: Date },
  { now, order }: { now: Date; order: "newestFirst" | "oldestFirst" },
): TimeSlice[] {
  const [begin, end] = [since.getTime(), until.getTime()];
  const border = Math.min(Math.max(begin, now.getTime() - INDEXED_AFTER_MS), end);
  const cuts =
    order === "newestFirst"
      ? [end, ...FIRST_SLICES_MS.map((length) => end - length).filter((cut) => cut > border), border, begin]
      : [begin, border, ...FIRST_SLICES_MS.map((length) => border + length).filter((cut) => cut < end), end];
  return cuts.slice(1).flatMap((cut, index) => {
    const [from, to] = [cut, cuts[index] ?? cut].sort((one, other) => one - other) as [number, number];
    return from < to ? [{ from: new Date(from), to: new Date(to) }] : [];
  });
}
