import { useFormatter, useTranslations } from "next-intl";
import { DAY_MS } from "@/lib/time";

/** "15:45:12, yesterday": an investigation needs the clock, and nobody wants to work out the day. */
export function ClockTime({ value, now }: { value: Date; now: Date }) {
  const t = useTranslations("activity");
  const format = useFormatter();
  const dayOf = (date: Date) => new Date(Math.floor(date.getTime() / DAY_MS) * DAY_MS);
  const days = Math.round((dayOf(now).getTime() - dayOf(value).getTime()) / DAY_MS);
  const shown = value > now ? now : value;
  const day = days <= 0 ? format.relativeTime(shown, now) : days === 1 ? t("yesterday") : format.dateTime(value, "day");
  return (
    <time dateTime={value.toISOString()} title={format.dateTime(value, "second")}>
      {format.dateTime(value, "clock")}
      <span className="block text-xs text-ink-muted">{day}</span>
    </time>
  );
}
