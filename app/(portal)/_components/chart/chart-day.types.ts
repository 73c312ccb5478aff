import type { CallResult } from "@/lib/activity/call-result.types";

/** The calls of one day (UTC, `YYYY-MM-DD`), counted by their result. */
export type ChartDay = { day: string } & Record<CallResult, number>;
