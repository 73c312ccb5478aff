import type { Database } from "@/lib/db/client";
import { DAY_MS } from "@/lib/time";
import type { SeedRandom } from "./seed-random";

/** What every part of the seed gets. Dates count back from `now`, so that a world is never old. */
export type Seed = { database: Database; random: SeedRandom; now: Date };

/** A moment `days` before `now`, or after it when negative. */
export function daysAgo({ now }: Pick<Seed, "now">, days: number): Date {
  return new Date(now.getTime() - days * DAY_MS);
}
