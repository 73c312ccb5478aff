"use client";

import { useFormatter, useTranslations } from "next-intl";
import { type KeyboardEvent, type PointerEvent, useState } from "react";
import { CALL_RESULTS, type CallResult } from "@/lib/activity/call-result.types";
import { DEFAULT_TIME_ZONE } from "@/lib/time";
import { ChartBars } from "../../../../../_components/chart/chart-bars";
import type { ChartDay } from "../../../../../_components/chart/chart-day.types";
import { ChartLegend } from "../../../../../_components/chart/chart-legend";
import { toTop } from "../../../../../_components/chart/chart-scale";

type UsageChartProps = { titleId: string; title: string; days: readonly ChartDay[] };

/** Keys that move along the days, and where they lead from `at`. */
const MOVES: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowLeft: (at) => at - 1,
  ArrowDown: (at) => at - 1,
  ArrowRight: (at) => at + 1,
  ArrowUp: (at) => at + 1,
  PageDown: (at) => at - 7,
  PageUp: (at) => at + 7,
  Home: () => 0,
  End: (_at, last) => last,
};

/**
 * Calls a day as stacked bars. One stop of the tab key: arrow keys or the pointer choose a day, and its numbers are
 * said in words above the bars. Every number is in the table of the page as well.
 */
export function UsageChart({ titleId, title, days }: UsageChartProps) {
  const t = useTranslations("usageChart");
  const format = useFormatter();
  const [chosen, setChosen] = useState<number>();
  const last = days.length - 1;
  const top = toTop(Math.max(...days.map((day) => CALL_RESULTS.reduce((sum, result) => sum + day[result], 0))));

  function numbersOf(counts: readonly ChartDay[]): Record<CallResult, number> {
    const sum = (result: CallResult) => counts.reduce((total, day) => total + day[result], 0);
    return { answered: sum("answered"), refused: sum("refused"), failed: sum("failed") };
  }

  const dateOf = (day: ChartDay | undefined) =>
    day === undefined ? "" : format.dateTime(new Date(day.day), "day", { timeZone: DEFAULT_TIME_ZONE });
  const sayDay = (index: number) => {
    const day = days[index];
    return day === undefined ? "" : t("ofDay", { day: dateOf(day), ...numbersOf([day]) });
  };

  function choose(index: number) {
    setChosen(Math.min(last, Math.max(0, index)));
  }

  function onKeyDown(event: KeyboardEvent) {
    const move = MOVES[event.key];
    if (move === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    choose(move(chosen ?? last, last));
  }

  function onPointerMove(event: PointerEvent<HTMLElement>) {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    choose(Math.floor(((event.clientX - left) / width) * days.length));
  }

  return (
    <>
      <h2 id={titleId} className="text-lg font-semibold">
        {title}
      </h2>
      <p className="mt-1 min-h-12 text-sm text-ink-muted tabular-nums sm:min-h-6">
        {chosen === undefined ? t("ofAll", { days: days.length, ...numbersOf(days) }) : sayDay(chosen)}
      </p>
      <div className="mt-3 flex gap-2 text-xs text-ink-muted tabular-nums">
        <div aria-hidden="true" className="flex w-10 shrink-0 flex-col justify-between text-right">
          <span>{format.number(top)}</span>
          <span>{format.number(top / 2)}</span>
          <span>{format.number(0)}</span>
        </div>
        <div
          role="slider"
          tabIndex={0}
          aria-label={t("slider", { title })}
          aria-valuemin={1}
          aria-valuemax={days.length}
          aria-valuenow={(chosen ?? last) + 1}
          aria-valuetext={sayDay(chosen ?? last)}
          aria-orientation="horizontal"
          className="h-44 min-w-0 grow cursor-crosshair touch-pan-y rounded-sm"
          onKeyDown={onKeyDown}
          onFocus={() => setChosen((now) => now ?? last)}
          onBlur={() => setChosen(undefined)}
          onPointerMove={onPointerMove}
          onPointerDown={onPointerMove}
          onPointerLeave={(event) => event.pointerType === "mouse" && setChosen(undefined)}
        >
          <ChartBars days={days} top={top} chosen={chosen} />
        </div>
      </div>
      <div aria-hidden="true" className="mt-1 flex justify-between pl-12 text-xs text-ink-muted">
        <span>{dateOf(days[0])}</span>
        <span>{dateOf(days[Math.floor(last / 2)])}</span>
        <span>{dateOf(days[last])}</span>
      </div>
      <ChartLegend />
    </>
  );
}
