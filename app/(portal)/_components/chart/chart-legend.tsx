import { useTranslations } from "next-intl";
import { useId } from "react";
import { CALL_RESULTS } from "@/lib/activity/call-result.types";
import { HatchPattern } from "./chart-bars";

/** What the bars mean. */
export function ChartLegend() {
  const t = useTranslations("usageChart");
  const hatch = useId();
  const fills = {
    answered: "fill-accent",
    refused: "fill-warning-soft stroke-warning",
    failed: "fill-danger",
  } as const;
  return (
    <ul className="mt-4 flex flex-wrap gap-x-5 gap-y-1 text-sm text-ink-muted">
      {CALL_RESULTS.map((result) => (
        <li key={result} className="inline-flex items-center gap-2">
          <svg aria-hidden="true" viewBox="0 0 14 14" className="size-3.5">
            {result === "refused" && <HatchPattern id={hatch} />}
            <rect x={1} y={1} width={12} height={12} className={fills[result]} />
            {result === "refused" && <rect x={1} y={1} width={12} height={12} fill={`url(#${hatch})`} />}
          </svg>
          {t(`results.${result}`)}
        </li>
      ))}
    </ul>
  );
}
