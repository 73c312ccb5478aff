import type { Database } from "@/lib/db/client";
import type { SeedRandom } from "./seed-random";

/** What every part of the seed gets. Dates count back from `now`, so that a world is never old. */
export type Seed = { database: Database; random: SeedRandom; now: Date };

const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** A moment `days` before `now`, or after it when negative. */
export function daysAgo({ now }: Pick<Seed, "now">, days: number): Date {
  return new Date(now.getTime() - days * DAY_MS);
}
