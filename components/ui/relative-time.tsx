import { useFormatter } from "next-intl";

type RelativeTimeProps = {
  value: Date;
  /** When the page was made. A clock read here would differ between the server and the browser. */
  now: Date;
};

/** "3 hours ago", with the moment itself in the title and for machines. */
export function RelativeTime({ value, now }: RelativeTimeProps) {
  const format = useFormatter();
  // Clocks differ by moments; nothing shown here lies in the future.
  const shown = value > now ? now : value;
  return (
    <time dateTime={value.toISOString()} title={format.dateTime(value, "moment")} suppressHydrationWarning>
      {format.relativeTime(shown, now)}
    </time>
  );
}
