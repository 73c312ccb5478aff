import { useId } from "react";
import { CALL_RESULTS, type CallResult } from "@/lib/activity/call-result.types";
import type { ChartDay } from "./chart-day.types";

/** Units of the picture, which is stretched to the room there is: it holds bars and lines, no text. */
const WIDTH = 720;
const HEIGHT = 176;

const FILL: Record<CallResult, string> = {
  answered: "fill-accent",
  refused: "fill-warning-soft",
  failed: "fill-danger",
};

type ChartBarsProps = { days: readonly ChartDay[]; top: number; chosen: number | undefined };

/** The picture alone, for eyes. What is refused is hatched, so that it differs by more than its colour. */
export function ChartBars({ days, top, chosen }: ChartBarsProps) {
  const hatch = useId();
  const step = WIDTH / days.length;
  const gap = days.length > 31 ? 1.5 : 4;
  return (
    <svg
      aria-hidden="true"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      className="size-full overflow-visible"
    >
      <HatchPattern id={hatch} />
      {[0, HEIGHT / 2, HEIGHT].map((y) => (
        <line key={y} x1={0} x2={WIDTH} y1={y} y2={y} vectorEffect="non-scaling-stroke" className="stroke-line" />
      ))}
      {days.map((day, index) => (
        <g key={day.day}>
          {index === chosen && (
            <rect x={index * step} y={0} width={step} height={HEIGHT} className="fill-accent-soft" />
          )}
          {stack(day, top).map(({ result, y, height }) => {
            const place = { x: index * step + gap / 2, y, width: step - gap, height };
            return (
              <g key={result}>
                <rect {...place} className={FILL[result]} />
                {result === "refused" && (
                  <rect
                    {...place}
                    fill={`url(#${hatch})`}
                    vectorEffect="non-scaling-stroke"
                    className="stroke-warning"
                  />
                )}
              </g>
            );
          })}
        </g>
      ))}
    </svg>
  );
}

/** Slanted lines, in the picture and in its legend. */
export function HatchPattern({ id }: { id: string }) {
  return (
    <pattern id={id} width={6} height={6} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <line x1={0} x2={0} y1={0} y2={6} strokeWidth={4} className="stroke-warning" />
    </pattern>
  );
}

/** The bars of a day, from the ground up. What is there at all can be seen: at least two units high. */
function stack(day: ChartDay, top: number): { result: CallResult; y: number; height: number }[] {
  let ground = HEIGHT;
  return CALL_RESULTS.flatMap((result) => {
    if (day[result] === 0) return [];
    const height = Math.max(2, (day[result] / top) * HEIGHT);
    ground -= height;
    return [{ result, y: ground, height }];
  });
}
