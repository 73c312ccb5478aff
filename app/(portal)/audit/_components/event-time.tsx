import { useFormatter, useNow, useTimeZone } from "next-intl";
import { sayMoment } from "@/components/ui/relative-time";

type EventTimeProps = {
  value: Date;
  /** Whether the day is to be said, where no heading says it. */
  hasDay?: boolean;
};

/** "15:45, 24 hours ago", with the second and UTC in the title: whoever compares logs needs the clock. */
export function EventTime({ value, hasDay = false }: EventTimeProps) {
  const format = useFormatter();
  const zone = useTimeZone();
  const now = useNow();
  return (
    <time dateTime={value.toISOString()} title={sayMoment(format, zone, value, "second")} className="block">
      {format.dateTime(value, hasDay ? "moment" : "time")}
      <span className="block text-xs text-ink-muted">{format.relativeTime(value > now ? now : value, now)}</span>
    </time>
  );
}
