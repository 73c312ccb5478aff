import type { DailyCalls } from "@/lib/usage/usage.types";

const SIZES = {
  normal: { height: 24, bar: 8, gap: 3 },
  /** For a row among many. */
  small: { height: 20, bar: 5, gap: 2 },
} as const;

/** The calls of some days as a picture of what is said beside it, so nothing is read out. The busiest day fills it. */
export function CallBars({ days, size = "normal" }: { days: readonly DailyCalls[]; size?: keyof typeof SIZES }) {
  const { height, bar, gap } = SIZES[size];
  const most = Math.max(1, ...days.map(({ answered, refused }) => answered + refused));
  const step = bar + gap;
  return (
    <svg
      aria-hidden="true"
      width={days.length * step - gap}
      height={height}
      className="shrink-0 border-b border-line-strong"
    >
      {days.map(({ answered, refused }, index) => {
        const [good, bad] = [heightOf(answered, most, height), heightOf(refused, most, height)];
        const place = { x: index * step, width: bar };
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place
          <g key={index}>
            {answered > 0 && <rect {...place} y={height - good} height={good} className="fill-accent" />}
            {refused > 0 && <rect {...place} y={height - good - bad} height={bad} className="fill-warning-line" />}
          </g>
        );
      })}
    </svg>
  );
}

/** A few among thousands are still there to be seen. */
function heightOf(count: number, most: number, height: number): number {
  return count === 0 ? 0 : Math.max((count / most) * (height - 2), 2);
}
