import Link from "next/link";
import { useTranslations } from "next-intl";
import { cn } from "@/lib/cn";
import { routes } from "@/lib/routes";
import { USAGE_RANGES, type UsageRange } from "@/lib/usage/usage.schema";

/** How far back to look. Links, so that what somebody looks at has an address. */
export function RangeLinks({ applicationId, days }: { applicationId: string; days: UsageRange }) {
  const t = useTranslations("usage");
  return (
    <nav aria-label={t("range")}>
      <ul className="inline-flex flex-wrap rounded-md border border-line-strong bg-surface p-0.5 text-sm">
        {USAGE_RANGES.map((range) => (
          <li key={range}>
            <Link
              href={routes.applications.callsByDay(applicationId, range)}
              aria-current={range === days ? "true" : undefined}
              scroll={false}
              className={cn(
                "inline-flex min-h-9 items-center rounded px-3 font-medium",
                range === days
                  ? "bg-accent-soft text-ink underline underline-offset-4"
                  : "text-ink-muted hover:text-ink",
              )}
            >
              {t("lastDays", { days: range })}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
