/** How many there are, counted only so far: there are more than `count` when `hasMore` says so. */
export type Counted = { count: number; hasMore: boolean };

/** How far things are counted that stand beside something else, not in a list of their own. */
export const COUNTED_MAX = 1_000;

/** Reads a number that was counted up to one more than `max`. */
export function countedUpTo(max: number, counted: number): Counted {
  return { count: Math.min(counted, max), hasMore: counted > max };
}
