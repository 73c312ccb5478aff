"use client";

import { type ReactNode, useEffect, useRef, useState } from "react";
import { followRows } from "./follow-row";

type TableSheetProps = { caption: string; isBusy: boolean; children: ReactNode };

/**
 * The sheet under a table. One that fits lets its header stay in sight while the page scrolls; one that is too wide
 * scrolls in here, by keyboard as well, and the page does not. Both at once no browser can: what scrolls holds the header
 * (globals.css). Whether it fits depends on words, columns and the size of the text, so it is measured.
 */
export function TableSheet({ caption, isBusy, children }: TableSheetProps) {
  const ref = useRef<HTMLElement>(null);
  const [fits, setFits] = useState(false);

  useEffect(() => {
    const sheet = ref.current;
    const table = sheet?.querySelector("table");
    if (sheet === null || table === null || table === undefined) return;
    const observer = new ResizeObserver(() => setFits(table.offsetWidth <= sheet.clientWidth));
    observer.observe(sheet);
    observer.observe(table);
    const forget = followRows(sheet);
    return () => {
      observer.disconnect();
      forget();
    };
  }, []);

  return (
    <section
      ref={ref}
      aria-label={caption}
      aria-busy={isBusy || undefined}
      data-fits={fits || undefined}
      // What scrolls must be reachable by keyboard (WCAG 2.1.1).
      tabIndex={fits ? undefined : 0}
      className="table-sheet relative rounded-lg border border-line bg-surface"
    >
      {children}
    </section>
  );
}
