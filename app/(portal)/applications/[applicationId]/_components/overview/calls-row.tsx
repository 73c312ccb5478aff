import Link from "next/link";
import { useTranslations } from "next-intl";
import { CALL_RESULTS } from "@/lib/activity/call-result.types";
import { routes } from "@/lib/routes";
import { CALL_KINDS, type UsageDay } from "@/lib/usage/usage.types";
import { OverviewRow } from "./overview-row";

export const CALLS_DAYS = 7;
const CHART = { height: 24, bar: 8, gap: 3 } as const;

/** The calls of a week in one line, and how they were spread over its days. */
export function CallsRow({ applicationId, days }: { applicationId: string; days: readonly UsageDay[] }) {
  const t = useTranslations("applicationOverview");
  const totals = days.map((day) =>
    Object.fromEntries(
      CALL_RESULTS.map((result) => [result, CALL_KINDS.reduce((sum, kind) => sum + day[kind][result], 0)]),
    ),
  );
  const total = (result: string) => totals.reduce((sum, day) => sum + (day[result] ?? 0), 0);
  const [answered, refused, failed] = [total("answered"), total("refused"), total("failed")];
  return (
    <OverviewRow
      title={t("calls", { days: CALLS_DAYS })}
      links={
        <Link href={routes.applications.activity(applicationId, { range: "7d" })} className="link">
          {t("openActivity")}
        </Link>
      }
    >
      {answered + refused + failed === 0 ? (
        <p className="text-ink-muted">{t("noCalls")}</p>
      ) : (
        <div className="flex flex-wrap items-end gap-x-4 gap-y-2">
          <Bars
            days={totals.map((day) => ({ good: day.answered ?? 0, bad: (day.refused ?? 0) + (day.failed ?? 0) }))}
          />
          <p className="tabular-nums">{t("callCounts", { answered, refused, failed })}</p>
        </div>
      )}
    </OverviewRow>
  );
}

/** A picture of the sentence beside it, so nothing is read out. */
function Bars({ days }: { days: readonly { good: number; bad: number }[] }) {
  const most = Math.max(...days.map(({ good, bad }) => good + bad));
  const step = CHART.bar + CHART.gap;
  return (
    <svg
      aria-hidden="true"
      width={days.length * step - CHART.gap}
      height={CHART.height}
      className="shrink-0 border-b border-line-strong"
    >
      {days.map(({ good, bad }, index) => {
        const [goodHeight, badHeight] = [(good / most) * CHART.height, (bad / most) * CHART.height];
        const bar = { x: index * step, width: CHART.bar };
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place
          <g key={index}>
            <rect {...bar} y={CHART.height - goodHeight} height={goodHeight} className="fill-accent" />
            <rect {...bar} y={CHART.height - goodHeight - badHeight} height={badHeight} className="fill-warning" />
          </g>
        );
      })}
    </svg>
  );
}
