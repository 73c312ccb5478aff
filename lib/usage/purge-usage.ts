import "server-only";

import { database } from "@/lib/db/client";
import { DAY_MS } from "@/lib/time";

/** Days. The hours tell who called, so they go early; the days hold nobody's name. */
export const KEPT_DAYS = { hourly: 35, refusals: 35, daily: 400 } as const;

/** Deletes the counts and refusals that have been kept long enough, and returns how many rows they were. */
export async function purgeUsage(now: Date): Promise<number> {
  const before = (days: number) => new Date(now.getTime() - days * DAY_MS);
  const deleted = [
    await database().usageHourly.deleteMany({ where: { hour: { lt: before(KEPT_DAYS.hourly) } } }),
    await database().refusedCall.deleteMany({ where: { at: { lt: before(KEPT_DAYS.refusals) } } }),
    await database().usageDaily.deleteMany({ where: { day: { lt: before(KEPT_DAYS.daily) } } }),
  ];
  return deleted.reduce((sum, { count }) => sum + count, 0);
}
