"use client";

import type { Route } from "next";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useRef } from "react";

type PanelFrameProps = {
  titleId: string;
  title: ReactNode;
  /** What Escape leads to. */
  closeHref: Route;
  /** What has the focus when the panel is gone. */
  returnTo: string;
  children: ReactNode;
};

/** Something looked at beside a list: reading goes on in it when it opens, Escape closes it, and the focus returns. */
export function PanelFrame({ titleId, title, closeHref, returnTo, children }: PanelFrameProps) {
  const router = useRouter();
  const panel = useRef<HTMLElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);

  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    // All of it, or its beginning where it is longer than the window: what the reader came for stands below the title.
    panel.current?.scrollIntoView({ block: "nearest" });
    return () => {
      // Only what was lost with the panel comes back: who has moved on is left alone.
      requestAnimationFrame(() => {
        if (document.activeElement === document.body) document.getElementById(returnTo)?.focus();
      });
    };
  }, [returnTo]);

  return (
    <aside
      ref={panel}
      aria-labelledby={titleId}
      className="scroll-mt-20 scroll-mb-6 space-y-5 rounded-lg border border-line-strong bg-surface p-5 xl:max-h-[calc(100dvh-6.5rem)] xl:overflow-y-auto"
      onKeyDown={(event) => {
        if (event.key === "Escape" && !event.defaultPrevented) router.push(closeHref, { scroll: false });
      }}
    >
      <h2
        ref={heading}
        id={titleId}
        tabIndex={-1}
        className="flex flex-wrap items-center gap-2 text-lg font-semibold outline-none"
      >
        {title}
      </h2>
      {children}
    </aside>
  );
}
