import type { ReactNode } from "react";
import { cn } from "@/lib/cn";
import { TableSheet } from "./sheet/table-sheet";

export const tableStyles = {
  header:
    "px-2 first:pl-3 last:pr-3 py-2.5 text-left text-xs font-semibold tracking-wide text-ink-muted whitespace-nowrap",
  row: "border-t border-line bg-surface has-[a[data-row-link]]:cursor-pointer hover:bg-sunken",
  chosenRow: "border-t border-line bg-accent-soft has-[a[data-row-link]]:cursor-pointer",
  /** Text of several lines begins where its neighbours do. */
  cell: "px-2 py-3 align-top first:pl-3 last:pr-3",
  /** One line, or two small ones: a row of such cells is 44 pixels high. */
  lowCell: "h-11 px-2 py-1 align-middle first:pl-3 last:pr-3",
  choice: "w-px pl-1",
  /** Stays at the edge of a table that scrolls sideways. */
  pinned: "table-pinned px-1 last:pr-1",
} as const;

type TableFrameProps = {
  caption: string;
  isBusy?: boolean;
  /** For few columns, or beside something else: it needs less room before it scrolls. */
  isCompact?: boolean;
  children: ReactNode;
};

/** The frame of every table. A click in a row that has an `a[data-row-link]` is one on that link. */
export function TableFrame({ caption, isBusy = false, isCompact = false, children }: TableFrameProps) {
  return (
    <TableSheet caption={caption} isBusy={isBusy}>
      <table className={cn("w-full border-collapse text-sm", !isCompact && "min-w-3xl")}>
        <caption className="sr-only">{caption}</caption>
        {children}
      </table>
    </TableSheet>
  );
}
