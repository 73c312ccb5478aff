import Link from "next/link";
import { useTranslations } from "next-intl";
import { ACTIVITY_RANGE_NAMES, type ActivityFilter, rangeOf } from "@/lib/activity/log/activity-log.schema";
import { cn } from "@/lib/cn";
import type { ActivityAddress } from "./activity-address";

/** How far back to look. Links, so that what somebody looks at has an address; each takes the place of another time. */
export function RangeLinks({ filter, address }: { filter: ActivityFilter; address: ActivityAddress }) {
  const t = useTranslations("activity");
  const chosen = rangeOf(filter);
  return (
    <nav aria-label={t("range")}>
      <ul className="inline-flex flex-wrap rounded-md border border-line-strong bg-surface p-0.5 text-sm">
        {ACTIVITY_RANGE_NAMES.map((range) => (
          <li key={range}>
            <Link
              href={address({ ...filter, range, from: undefined, to: undefined })}
              aria-current={range === chosen ? "true" : undefined}
              scroll={false}
              className={cn(
                "inline-flex min-h-9 items-center rounded px-3 font-medium",
                range === chosen
                  ? "bg-accent-soft text-ink underline underline-offset-4"
                  : "text-ink-muted hover:text-ink",
              )}
            >
              {t(`ranges.${range}`)}
            </Link>
          </li>
        ))}
        {chosen === undefined && (
          <li className="inline-flex min-h-9 items-center rounded bg-accent-soft px-3 font-medium">{t("custom")}</li>
        )}
      </ul>
    </nav>
  );
}
