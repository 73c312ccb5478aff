import { useTranslations } from "next-intl";
import { RelativeTime } from "@/components/ui/relative-time";
import type { RecentCalls } from "@/lib/usage/usage.types";

type CallsPreviewProps = {
  calls: RecentCalls;
  /** When the calls were counted. */
  now: Date;
};

/**
 * What would stop: the calls of the last 24 hours that were answered. For dialogs that ask before they switch something
 * off.
 */
export function CallsPreview({ calls: { tokens, rooms, lastCallAt }, now }: CallsPreviewProps) {
  const t = useTranslations("callsPreview");
  return (
    <div className="rounded-md border border-line bg-sunken px-4 py-3 text-sm">
      <p className="font-medium text-ink">{t("title")}</p>
      {lastCallAt === null ? (
        <p className="mt-1 text-ink-muted">{t("none")}</p>
      ) : (
        <p className="mt-1 text-ink-muted">
          {t("calls", { tokens, rooms })}{" "}
          {t.rich("last", { time: () => <RelativeTime value={lastCallAt} now={now} /> })}
        </p>
      )}
    </div>
  );
}
