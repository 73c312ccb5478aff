import { ChartColumn } from "lucide-react";
import { getNow, getTranslations } from "next-intl/server";
import { EmptyState } from "@/components/layout/empty-state";
import { Card } from "@/components/ui/card";
import { config } from "@/lib/env/config";
import { listBusiestPeople } from "@/lib/usage/list-busiest-people";
import { countRefusalsByReason, listUsageByDay } from "@/lib/usage/list-usage-by-day";
import type { UsageRange } from "@/lib/usage/usage.schema";
import { CALL_KINDS } from "@/lib/usage/usage.types";
import { BusiestPeople } from "./busiest-people";
import { RefusalReasons } from "./refusal-reasons";
import { UsageChart } from "./usage-chart";
import { UsageTable } from "./usage-table";

type UsageReportProps = { applicationId: string; days: UsageRange };

/** The calls of an application in pictures and in numbers, what was refused and why, and for whom it was busiest. */
export async function UsageReport({ applicationId, days }: UsageReportProps) {
  const now = await getNow();
  const [usage, reasons, people, t] = await Promise.all([
    listUsageByDay(applicationId, days, now),
    countRefusalsByReason(applicationId, days, now),
    listBusiestPeople(applicationId, { days }, now),
    getTranslations("usage"),
  ]);
  const isIdle = usage.every(({ tokens, rooms }) =>
    [tokens, rooms].every((one) => Object.values(one).every((n) => n === 0)),
  );
  return (
    <div className="space-y-6">
      {isIdle ? (
        <EmptyState icon={<ChartColumn />} title={t("emptyTitle", { days })} text={t("emptyText")} />
      ) : (
        <>
          <div className="grid grid-cols-1 gap-6 lg:grid-cols-2">
            {CALL_KINDS.map((kind) => (
              <Card key={kind} aria-labelledby={`chart-${kind}`} className="min-w-0">
                <UsageChart
                  titleId={`chart-${kind}`}
                  title={t(`kinds.${kind}`)}
                  days={usage.map((day) => ({ day: day.day, ...day[kind] }))}
                />
              </Card>
            ))}
          </div>
          <UsageTable usage={usage} />
        </>
      )}
      <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-2">
        <RefusalReasons reasons={reasons} days={days} />
        <BusiestPeople people={people} days={days} now={now} />
      </div>
      <p className="text-sm text-ink-muted">{t(`written.${config().activityWrite}`)}</p>
    </div>
  );
}
