import { useFormatter, useTimeZone, useTranslations } from "next-intl";
import { DAY_MS, DEFAULT_TIME_ZONE } from "@/lib/time";
import { localIn } from "@/lib/time-zone";

/** "15:45:12, yesterday": an investigation needs the clock, and nobody wants to work out the day. */
export function ClockTime({ value, now }: { value: Date; now: Date }) {
  const t = useTranslations("activity");
  const format = useFormatter();
  const zone = useTimeZone() ?? DEFAULT_TIME_ZONE;
  // Days of the calendar that the reader has on the wall.
  const dayOf = (date: Date) => Date.parse(localIn(zone, date).slice(0, 10)) / DAY_MS;
  const days = dayOf(now) - dayOf(value);
  const shown = value > now ? now : value;
  const day = days <= 0 ? format.relativeTime(shown, now) : days === 1 ? t("yesterday") : format.dateTime(value, "day");
  return (
    <time dateTime={value.toISOString()} title={format.dateTime(value, "second")}>
      {format.dateTime(value, "clock")}
      <span className="block text-xs text-ink-muted">{day}</span>
    </time>
  );
}
