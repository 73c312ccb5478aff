import { tzOffset } from "@date-fns/tz/tzOffset";
import { MINUTE_MS } from "./time";

/** Names of the IANA database have no more. */
const NAME_LENGTH_MAX = 64;

/** Whether `value` names a time zone of the IANA database. An offset such as `+01:00` does not: it knows no summer. */
export function isTimeZone(value: unknown): value is string {
  if (typeof value !== "string" || value.length > NAME_LENGTH_MAX || !/^[A-Za-z]/.test(value)) return false;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: value }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

/**
 * The moment at which clocks in `zone` show `local`: a day (its beginning), or a day with `T` and a time of hours and
 * minutes, seconds if need be. An hour that a change to summer skips is the one after it, and of an hour that comes twice
 * in autumn it is the first. A date that there is not is an invalid Date.
 */
export function momentIn(zone: string, local: string): Date {
  const asUtc = Date.parse(local.length === 10 ? `${local}T00:00Z` : `${local}Z`);
  if (Number.isNaN(asUtc)) return new Date(Number.NaN);
  // The offset before the moment decides: of two hours of the same name it gives the first, and leads over a gap.
  const before = asUtc - offsetMs(zone, asUtc - DAY_AND_OFFSET_MS);
  const after = asUtc - offsetMs(zone, asUtc + DAY_AND_OFFSET_MS);
  const isBefore = offsetMs(zone, before) === asUtc - before;
  return new Date(isBefore || offsetMs(zone, after) !== asUtc - after ? before : after);
}

/** The other way: what clocks in `zone` show at `moment`, to the minute, as fields for dates want it. */
export function localIn(zone: string, moment: Date): string {
  return new Date(moment.getTime() + offsetMs(zone, moment.getTime())).toISOString().slice(0, 16);
}

/** Zones are less than a day away from UTC, and change twice a year at most. */
const DAY_AND_OFFSET_MS = 24 * 60 * MINUTE_MS;

function offsetMs(zone: string, time: number): number {
  return tzOffset(zone, new Date(time)) * MINUTE_MS;
}
