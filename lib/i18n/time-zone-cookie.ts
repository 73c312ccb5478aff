import { DEFAULT_TIME_ZONE } from "@/lib/time";
import { isTimeZone } from "@/lib/time-zone";

/** Holds the time zone in which somebody reads dates, and whether they chose it or their browser said so. */
export const TIME_ZONE_COOKIE = "time-zone";

export type TimeZoneChoice = { zone: string; isChosen: boolean };

const FROM_BROWSER = "browser:";

/** Reads the cookie; without one, or with one that names no zone, dates are in UTC until the browser says its own. */
export function readTimeZone(cookie: string | undefined): TimeZoneChoice {
  const isChosen = cookie?.startsWith(FROM_BROWSER) === false;
  const zone = isChosen ? cookie : cookie?.slice(FROM_BROWSER.length);
  return isTimeZone(zone) ? { zone, isChosen } : { zone: DEFAULT_TIME_ZONE, isChosen: false };
}

export function writeTimeZone({ zone, isChosen }: TimeZoneChoice): string {
  return isChosen ? zone : `${FROM_BROWSER}${zone}`;
}
