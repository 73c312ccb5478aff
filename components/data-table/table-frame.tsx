import type { ReactNode } from "react";
import { cn } from "@/lib/cn";

export const tableStyles = {
  header: "px-3 py-3 text-left text-xs font-semibold tracking-wide text-ink-muted whitespace-nowrap",
  row: "border-t border-line",
  cell: "px-3 py-3.5 align-top",
  choice: "w-px pl-3 align-top",
} as const;

type TableFrameProps = {
  caption: string;
  isBusy?: boolean;
  /** For few columns, or beside something else: it needs less room before it scrolls. */
  isCompact?: boolean;
  children: ReactNode;
};

/** The sheet a table lies on. When it is too wide it scrolls in here, by keyboard as well, and the page does not. */
export function TableFrame({ caption, isBusy = false, isCompact = false, children }: TableFrameProps) {
  return (
    <section
      aria-label={caption}
      aria-busy={isBusy || undefined}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1)
      tabIndex={0}
      className="relative overflow-x-auto rounded-lg border border-line bg-surface"
    >
      <table className={cn("w-full border-collapse text-sm", !isCompact && "min-w-3xl")}>
        <caption className="sr-only">{caption}</caption>
        {children}
      </table>
    </section>
  );
}
