import Link from "next/link";
import { useTranslations } from "next-intl";
import { CALL_RESULTS } from "@/lib/activity/call-result.types";
import { routes } from "@/lib/routes";
import { CALL_KINDS, type UsageDay } from "@/lib/usage/usage.types";
import { CallBars } from "../../../../_components/chart/call-bars";
import { OverviewRow } from "./overview-row";

export const CALLS_DAYS = 7;

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
          <CallBars
            days={totals.map((day) => ({
              answered: day.answered ?? 0,
              refused: (day.refused ?? 0) + (day.failed ?? 0),
            }))}
          />
          <p className="tabular-nums">{t("callCounts", { answered, refused, failed })}</p>
        </div>
      )}
    </OverviewRow>
  );
}
