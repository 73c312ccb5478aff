"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { type ReactNode, useEffect, useRef } from "react";
import { useIsHydrated } from "./use-is-hydrated";

/**
 * Presses the button inside once when the address says `?open=name`, and takes that out of the address again. Only for
 * buttons that ask before they do something: a link must do no more than show what could be done.
 */
export function OpenedByAddress({ name, children }: { name: string | undefined; children: ReactNode }) {
  const ref = useRef<HTMLDivElement>(null);
  const path = usePathname();
  const isHydrated = useIsHydrated();
  const asked = useSearchParams().get("open");
  const isAsked = name !== undefined && asked === name;

  useEffect(() => {
    if (!isAsked || !isHydrated) return;
    window.history.replaceState(null, "", path);
    const button = ref.current?.querySelector("button");
    // A menu around it is where the focus returns to.
    const menu = button?.closest("details");
    if (menu) menu.open = true;
    button?.click();
  }, [isAsked, isHydrated, path]);

  return <div ref={ref}>{children}</div>;
}
