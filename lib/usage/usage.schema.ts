import { z } from "zod";

/** How far back the page of an application looks, in days. */
export const USAGE_RANGES = [7, 30, 90] as const;
export type UsageRange = (typeof USAGE_RANGES)[number];
const USAGE_RANGE_DEFAULT: UsageRange = 30;

/** What the URL of the page may say. Anything else falls back to the default: a stale bookmark still opens. */
export const usageParams = z.object({
  days: z.coerce.number().pipe(z.literal(USAGE_RANGES)).catch(USAGE_RANGE_DEFAULT),
});
