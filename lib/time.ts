// Lengths of time in milliseconds, as Date counts them. A calendar day of somebody may be longer or shorter.
export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** Says what time it is. Read each time it matters, not once: whoever waits for a lock decides by the time it gets it. */
export type Clock = () => Date;
