import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { TableFrame, tableStyles } from "@/components/data-table/table-frame";
import { Card } from "@/components/ui/card";
import { CALL_RESULTS } from "@/lib/activity/call-result.types";
import type { ActivityFilter } from "@/lib/activity/log/activity-log.schema";
import type { ActivityScope } from "@/lib/activity/log/activity-log.types";
import { cn } from "@/lib/cn";
import { DAY_MS, DEFAULT_TIME_ZONE } from "@/lib/time";
import { sumOf } from "@/lib/usage/list-request-counts";
import type { RequestPeriod } from "@/lib/usage/usage.types";
import { ChartBars } from "../../_components/chart/chart-bars";
import { ChartLegend } from "../../_components/chart/chart-legend";
import { toTop } from "../../_components/chart/chart-scale";
import type { ActivityAddress } from "./activity-address";

const NO_REQUESTS = { answered: 0, refused: 0, failed: 0 };

type ActivityChartProps = {
  periods: readonly RequestPeriod[];
  scope: ActivityScope;
  filter: ActivityFilter;
  address: ActivityAddress;
};

/**
 * Requests by the hour or the day. Each bar leads to the requests of its time; so does each row of the table, for the
 * keyboard and for who cannot see the bars.
 */
export function ActivityChart({ periods, scope, filter, address }: ActivityChartProps) {
  const t = useTranslations("activity");
  const format = useFormatter();
  const isByDay = periods.some(({ from, to }) => to.getTime() - from.getTime() === DAY_MS);
  const isChosen = ({ from, to }: RequestPeriod) => from < scope.until && to > scope.since;
  // Of a chosen outcome the bars show nothing else: ten refusals cannot be seen on top of a thousand answers.
  const bars = periods.map((one) => ({
    day: one.from.toISOString(),
    ...NO_REQUESTS,
    ...(filter.outcome === undefined ? sumOf([one]) : { [filter.outcome]: one[filter.outcome] }),
  }));
  const top = toTop(Math.max(0, ...bars.map((one) => one.answered + one.refused + one.failed)));
  // Counts are kept by hours and days of UTC, wherever the reader is.
  const nameOf = ({ from }: RequestPeriod) =>
    format.dateTime(from, isByDay ? "day" : "hour", { timeZone: DEFAULT_TIME_ZONE });
  const hrefOf = ({ from, to }: RequestPeriod) =>
    address({ ...filter, range: undefined, ...(isByDay ? wholeDay(from) : wholeHour(from, to)) });
  const [first, middle, last] = [periods[0], periods[Math.floor(periods.length / 2)], periods.at(-1)];
  return (
    <Card aria-labelledby="activity-chart" className="min-w-0">
      <h2 id="activity-chart" className="text-lg font-semibold">
        {isByDay ? t("chartByDay") : t("chartByHour")}
      </h2>
      <p role="status" className="mt-1 text-sm text-ink-muted tabular-nums">
        {t("sum", sumOf(periods.filter(isChosen)))} {filter.status !== undefined && t("sumOfAnyStatus")}
      </p>
      <div aria-hidden="true" className="mt-3 flex gap-2 text-xs text-ink-muted tabular-nums">
        <div className="flex w-10 shrink-0 flex-col justify-between text-right">
          <span>{format.number(top)}</span>
          <span>{format.number(top / 2)}</span>
          <span>{format.number(0)}</span>
        </div>
        <div className="relative h-32 min-w-0 grow">
          <ChartBars days={bars} top={top} chosen={undefined} />
          <ol className="absolute inset-0 flex">
            {periods.map((period) => (
              <li key={period.from.toISOString()} className="min-w-0 grow basis-0">
                <Link
                  href={hrefOf(period)}
                  prefetch={false}
                  scroll={false}
                  tabIndex={-1}
                  title={t("sumOf", { period: nameOf(period), ...sumOf([period]) })}
                  className={cn("block h-full rounded-sm hover:bg-accent/15", !isChosen(period) && "bg-surface/60")}
                />
              </li>
            ))}
          </ol>
        </div>
      </div>
      <div aria-hidden="true" className="mt-1 flex justify-between gap-2 pl-12 text-xs text-ink-muted">
        {[first, middle, last].map((one, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: three places that stay where they are
          <span key={index}>{one === undefined ? "" : nameOf(one)}</span>
        ))}
      </div>
      <ChartLegend />
      <details className="mt-4">
        <summary className="link inline-flex min-h-8 cursor-pointer items-center rounded text-sm font-medium">
          {t("showNumbers")}
        </summary>
        <div className="mt-3">
          <TableFrame caption={isByDay ? t("numbersByDay") : t("numbersByHour")} isCompact>
            <thead className="bg-sunken">
              <tr>
                <th scope="col" className={tableStyles.header}>
                  {isByDay ? t("day") : t("hour")}
                </th>
                {CALL_RESULTS.map((result) => (
                  <th key={result} scope="col" className={tableStyles.header}>
                    {t(`outcomes.${result}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {periods.toReversed().map((period) => (
                <tr key={period.from.toISOString()} className={tableStyles.row}>
                  <th scope="row" className={cn(tableStyles.cell, "text-left font-medium whitespace-nowrap")}>
                    <Link href={hrefOf(period)} prefetch={false} className="underline underline-offset-4">
                      {nameOf(period)}
                    </Link>
                  </th>
                  {CALL_RESULTS.map((result) => (
                    <td key={result} className={cn(tableStyles.cell, "tabular-nums")}>
                      {format.number(period[result])}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </TableFrame>
        </div>
      </details>
    </Card>
  );
}

/** In an address a day is a whole day, and a minute that an end names is a whole minute. */
function wholeDay(from: Date): { from: string; to: string } {
  const day = from.toISOString().slice(0, 10);
  return { from: day, to: day };
}

function wholeHour(from: Date, to: Date): { from: string; to: string } {
  return { from: from.toISOString().slice(0, 16), to: new Date(to.getTime() - 1).toISOString().slice(0, 16) };
}
