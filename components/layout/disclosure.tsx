"use client";

import { usePathname } from "next/navigation";
import { createContext, type ReactNode, useContext, useEffect, useRef } from "react";
import { cn } from "@/lib/cn";

const CloseContext = createContext<() => void>(() => {});

/** Returns the function that closes the panel around a component, and puts the focus on what opened it. */
export function useCloseDisclosure(): () => void {
  return useContext(CloseContext);
}

type DisclosureProps = {
  summary: ReactNode;
  children: ReactNode;
  /** The edge of the summary that the panel keeps to. */
  align?: "start" | "end";
  /** For panels of links: going somewhere else is what they were opened for. */
  closesOnNavigation?: boolean;
  /** How the summary looks: part of a bar, or a button among others. */
  look?: "plain" | "button";
};

/**
 * A panel that opens below its summary. The browser opens and closes it; Escape, a click elsewhere and leaving it by
 * keyboard close it as well.
 */
export function Disclosure({
  summary,
  children,
  align = "end",
  closesOnNavigation = false,
  look = "plain",
}: DisclosureProps) {
  const ref = useRef<HTMLDetailsElement>(null);
  const pathname = usePathname();

  useEffect(() => {
    const closeFromOutside = (event: Event) => {
      const details = ref.current;
      // A dialog that was opened from the panel belongs to it, and gives the focus back to it.
      if (document.querySelector('[aria-modal="true"]') !== null) return;
      if (details?.open && event.target instanceof Node && !details.contains(event.target)) details.open = false;
    };
    document.addEventListener("pointerdown", closeFromOutside);
    document.addEventListener("focusin", closeFromOutside);
    return () => {
      document.removeEventListener("pointerdown", closeFromOutside);
      document.removeEventListener("focusin", closeFromOutside);
    };
  }, []);

  function close() {
    if (!ref.current?.open) return;
    ref.current.open = false;
    ref.current.querySelector("summary")?.focus();
  }

  function closeOnEscape(event: React.KeyboardEvent<HTMLDetailsElement>) {
    // React passes on what happens in a dialog, which lies elsewhere in the page.
    if (event.key === "Escape" && event.target instanceof Node && event.currentTarget.contains(event.target)) close();
  }

  return (
    <details
      // Another page is another panel, and it begins closed.
      key={closesOnNavigation ? pathname : undefined}
      ref={ref}
      className="group sm:relative"
      onKeyDown={closeOnEscape}
    >
      <summary
        className={cn(
          "flex min-h-10 cursor-pointer list-none items-center gap-2.5 rounded-md px-2 hover:bg-sunken",
          look === "button" && "gap-2 border border-line-strong bg-surface px-4 text-sm font-medium",
        )}
      >
        {summary}
      </summary>
      <div
        className={cn(
          "absolute z-30 mt-2 w-72 max-w-[calc(100vw-2rem)] rounded-lg border border-line bg-surface p-4 shadow-lg",
          align === "end" ? "right-0" : "left-0 max-sm:left-4",
        )}
      >
        <CloseContext value={close}>{children}</CloseContext>
      </div>
    </details>
  );
}
