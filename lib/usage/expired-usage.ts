import "server-only";

import type { ExpiredRows } from "@/lib/db/retention/expired-rows";
import { DAY_MS } from "@/lib/time";

/** Days: 13 months of counts. */
export const KEPT_DAYS = { hourly: 400, daily: 400 } as const;

/** Counts that have been kept long enough. */
export const EXPIRED_USAGE: readonly ExpiredRows[] = [
  { table: "usage_hourly", column: "hour", keptMs: KEPT_DAYS.hourly * DAY_MS },
  { table: "usage_daily", column: "day", keptMs: KEPT_DAYS.daily * DAY_MS },
];
