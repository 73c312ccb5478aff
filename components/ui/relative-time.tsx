import { useFormatter, useTimeZone } from "next-intl";
import { DEFAULT_TIME_ZONE } from "@/lib/time";

type RelativeTimeProps = {
  value: Date;
  /** When the page was made. A clock read here would differ between the server and the browser. */
  now: Date;
};

/** A moment in the reader's zone, and in UTC as well where that is another one: logs are read beside it. */
export function sayMoment(
  format: ReturnType<typeof useFormatter>,
  zone: string | undefined,
  value: Date,
  style: "moment" | "second" = "moment",
): string {
  const moment = format.dateTime(value, style);
  return zone === undefined || zone === DEFAULT_TIME_ZONE
    ? moment
    : `${moment} · ${format.dateTime(value, style, { timeZone: DEFAULT_TIME_ZONE })}`;
}

/** "3 hours ago", with the moment itself in the title and for machines. */
export function RelativeTime({ value, now }: RelativeTimeProps) {
  const format = useFormatter();
  const zone = useTimeZone();
  // Clocks differ by moments; nothing shown here lies in the future.
  const shown = value > now ? now : value;
  return (
    <time dateTime={value.toISOString()} title={sayMoment(format, zone, value)} suppressHydrationWarning>
      {format.relativeTime(shown, now)}
    </time>
  );
}
