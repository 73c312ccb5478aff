import { cva, type VariantProps } from "class-variance-authority";
import type { ReactNode } from "react";

const badgeStyles = cva(
  "inline-flex items-center gap-1.5 rounded-full border px-2.5 py-0.5 text-xs font-medium whitespace-nowrap",
  {
    variants: {
      tone: {
        neutral: "border-line bg-sunken text-ink-muted",
        success: "border-success/30 bg-success-soft text-success",
        danger: "border-danger/40 bg-danger-soft text-danger",
        warning: "border-warning-line/60 bg-warning-soft text-warning",
      },
    },
    defaultVariants: { tone: "neutral" },
  },
);

type BadgeProps = VariantProps<typeof badgeStyles> & { children: ReactNode };

/** A word about the state of something. */
export function Badge({ tone, children }: BadgeProps) {
  return <span className={badgeStyles({ tone })}>{children}</span>;
}
