// Lengths of time in milliseconds, as Date counts them. A calendar day of somebody may be longer or shorter.
export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** What everything is said in until somebody's own time zone is known. */
export const DEFAULT_TIME_ZONE = "UTC";

/** Says what time it is. Read each time it matters, not once: whoever waits for a lock decides by the time it gets it. */
export type Clock = () => Date;

/**
 * The first and the last moment that may be asked for: what Date, the database and RFC 3339, with its four digits for
 * the year, all can say. An offset leads beyond it, `9999-12-31T23:59:59-05:00`, and so does a year 0.
 */
export const MOMENT_MIN = "0001-01-01T00:00:00Z";
export const MOMENT_MAX = "9999-12-31T23:59:59.999Z";

/** Whether a moment is between MOMENT_MIN and MOMENT_MAX; false for a date that is none. */
export function isMoment(date: Date): boolean {
  return date.getTime() >= Date.parse(MOMENT_MIN) && date.getTime() <= Date.parse(MOMENT_MAX);
}
