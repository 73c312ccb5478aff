import { z } from "zod";
import { CALL_RESULTS } from "@/lib/activity/call-result.types";
import { REFUSAL_CAUSES } from "@/lib/activity/refusal-cause.types";
import { beginOf, endOf, moment, optional } from "@/lib/list/address-values";
import { oneLine } from "@/lib/text";
import { DAY_MS, HOUR_MS } from "@/lib/time";

export const REQUESTS_PER_PAGE = 50;
/** As long as an e-mail address can be. */
const PERSON_LENGTH_MAX = 320;

/** How far back the log looks, by the name that the address has for it. */
const ACTIVITY_RANGES = { "1h": HOUR_MS, "24h": DAY_MS, "7d": 7 * DAY_MS } as const;
export type ActivityRange = keyof typeof ACTIVITY_RANGES;
export const ACTIVITY_RANGE_NAMES = Object.keys(ACTIVITY_RANGES) as ActivityRange[];
const ACTIVITY_RANGE_DEFAULT: ActivityRange = "7d";

const requestId = z
  .string()
  .trim()
  .regex(/^[\w.-]{1,64}$/);

/** What the log can be narrowed to, as it stands in an address. */
const filters = {
  application: optional(z.uuid()),
  outcome: optional(z.enum(CALL_RESULTS)),
  status: optional(z.string().regex(/^[1-5]\d\d$/)),
  cause: optional(z.enum(REFUSAL_CAUSES)),
  /** An id or an e-mail address. */
  person: optional(oneLine(PERSON_LENGTH_MAX).min(1)),
  /** The id of a secret or key. */
  secret: optional(z.uuid()),
  range: optional(z.enum(ACTIVITY_RANGE_NAMES)),
  from: optional(moment),
  to: optional(moment),
};

const activityFilterSchema = z.object(filters);
export type ActivityFilter = z.output<typeof activityFilterSchema>;

/** A place in the log: the moment of a request, and its id for those of the same moment. */
export type ActivityPosition = { at: Date; requestId: string };

const position = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z~[\w.-]{1,64}$/)
  .transform((text): ActivityPosition => ({ at: new Date(text.slice(0, 24)), requestId: text.slice(25) }))
  .refine(({ at }) => !Number.isNaN(at.getTime()));

/** The address of the log: its filters, the place to go on from, and the request that is looked at. */
export const activityLogParams = z.object({
  ...filters,
  /** Shows what is older than this. */
  before: optional(position),
  /** Shows what is newer than this. */
  after: optional(position),
  request: optional(requestId),
});

/** Writes a place as the address says it. */
export function toPositionText({ at, requestId }: ActivityPosition): string {
  return `${at.toISOString()}~${requestId}`;
}

/** Which range is chosen: one of those with a name, or undefined for one with a beginning or an end of its own. */
export function rangeOf({ range, from, to }: Pick<ActivityFilter, "range" | "from" | "to">): ActivityRange | undefined {
  return from === undefined && to === undefined ? (range ?? ACTIVITY_RANGE_DEFAULT) : undefined;
}

/** Returns the time a filter speaks of, of what is kept: from `since` to before `until`. */
export function timeOf(
  filter: Pick<ActivityFilter, "range" | "from" | "to">,
  { now, retentionDays }: { now: Date; retentionDays: number },
): { since: Date; until: Date } {
  const range = rangeOf(filter);
  const oldest = now.getTime() - retentionDays * DAY_MS;
  const end = filter.to === undefined ? now.getTime() : Math.min(endOf(filter.to).getTime(), now.getTime());
  const begin =
    range !== undefined
      ? now.getTime() - ACTIVITY_RANGES[range]
      : filter.from === undefined
        ? oldest
        : beginOf(filter.from).getTime();
  const since = Math.max(begin, oldest);
  return { since: new Date(since), until: new Date(Math.max(end, since)) };
}
