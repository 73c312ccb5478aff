import "server-only";

import { DAY_MS } from "@/lib/time";

type Count = { since: number; failures: number };

// One for every bundle of this process.
const KEY = Symbol.for("vestibule.unknown-names");
const shared = globalThis as { [KEY]?: Count };

/**
 * Counts a failed sign-in under a name that nobody has. Returns how many there have been in this process within a day
 * when the audit log is to tell so, at the first, the tenth, the hundredth, the thousandth …, and otherwise undefined:
 * a name can be made up as often as anybody likes, and nobody can delete from the log.
 */
export function countUnknownName(now: Date): number | undefined {
  const known = shared[KEY];
  const isOver = known === undefined || now.getTime() - known.since >= DAY_MS || now.getTime() < known.since;
  const count = isOver ? { since: now.getTime(), failures: 0 } : known;
  count.failures += 1;
  shared[KEY] = count;
  return Number.isInteger(Math.log10(count.failures)) ? count.failures : undefined;
}
