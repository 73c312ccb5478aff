import "server-only";

import { database } from "@/lib/db/client";
import { DAY_MS } from "@/lib/time";

/** Days: 13 months of counts. */
export const KEPT_DAYS = { hourly: 400, daily: 400 } as const;

/** Deletes the counts that have been kept long enough, and returns how many rows they were. */
export async function purgeUsage(now: Date): Promise<number> {
  const before = (days: number) => new Date(now.getTime() - days * DAY_MS);
  const deleted = [
    await database().usageHourly.deleteMany({ where: { hour: { lt: before(KEPT_DAYS.hourly) } } }),
    await database().usageDaily.deleteMany({ where: { day: { lt: before(KEPT_DAYS.daily) } } }),
  ];
  return deleted.reduce((sum, { count }) => sum + count, 0);
}
