import { z } from "zod";
import { DEFAULT_TIME_ZONE, isMoment, MOMENT_MAX, MOMENT_MIN } from "@/lib/time";
import { isTimeZone, momentIn } from "@/lib/time-zone";

/** `2026-11-24`, or with `T07:05` or `T07:05:30` behind it, in the zone that the address names. */
const MOMENT = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?)?$/;

/** A moment as an address says it. */
export const moment = z
  .string()
  .regex(MOMENT)
  // Date reads 30 February as 2 March.
  .refine((text) => {
    const asUtc = momentIn(DEFAULT_TIME_ZONE, text);
    return isMoment(asUtc) && asUtc.toISOString().startsWith(text);
  });

/** The zone of an address's moments: a link means the same to whoever follows it. Without it they are in UTC. */
export const zone = z.string().refine(isTimeZone);

/** A text that is left out when it is empty or wrong: a link that somebody cut must still open the list. */
export const optional = <Schema extends z.ZodType>(schema: Schema) => schema.optional().catch(undefined);

/** The first moment that `from` includes. */
export function beginOf(from: string, zone = DEFAULT_TIME_ZONE): Date {
  return inRange(momentIn(zone, from));
}

/** The first moment after what `to` includes: a day, a minute or a second, as exact as it was given. */
export function endOf(to: string, zone = DEFAULT_TIME_ZONE): Date {
  const seconds = to.length === 10 ? 86_400 : to.length === 16 ? 60 : 1;
  const next = new Date(momentIn(DEFAULT_TIME_ZONE, to).getTime() + seconds * 1_000);
  // The last day there is ends with the last moment.
  if (!isMoment(next)) return new Date(MOMENT_MAX);
  // A day ends when the next one begins, also where it has 23 or 25 hours.
  return inRange(momentIn(zone, next.toISOString().slice(0, 19)));
}

function inRange(moment: Date): Date {
  const [first, last] = [Date.parse(MOMENT_MIN), Date.parse(MOMENT_MAX)];
  return new Date(Math.min(Math.max(moment.getTime(), first), last));
}
