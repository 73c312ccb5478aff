"use client";

import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";
import { MAIN_ID } from "./skip-link";

/** Milliseconds for which a page may still be on its way. */
const PATIENCE_MS = 10_000;

/**
 * Moves the focus to the heading of a page that was opened by a link of the navigation, or by one that is gone with its page:
 * the next Tab reaches the page's first control, and a screen reader begins to read there. A link that is still in the page, a
 * tab for instance, keeps it, and so does a field that has taken it.
 */
export function HeadingFocus() {
  const pathname = usePathname();
  const shown = useRef({ pathname, heading: undefined as Element | undefined });

  useEffect(() => {
    const before = shown.current;
    shown.current = { pathname, heading: findHeading() };
    if (before.pathname === pathname) return;
    const focused = document.activeElement;
    if (!isLeft(focused)) return;

    function focusHeading(): boolean {
      const heading = findHeading();
      if (heading === undefined) return false;
      shown.current.heading = heading;
      if (document.activeElement !== focused && document.activeElement !== document.body) return true;
      // The layout of several pages keeps its heading: this page has one of its own below it.
      const own =
        heading === before.heading ? document.querySelector<HTMLElement>("main [data-section-heading]") : heading;
      const target = own ?? heading;
      target.tabIndex = -1;
      target.focus({ preventScroll: true });
      return true;
    }

    if (focusHeading()) return;
    const watch = new MutationObserver(() => focusHeading() && watch.disconnect());
    watch.observe(document.getElementById(MAIN_ID) ?? document.body, { childList: true, subtree: true });
    const timer = setTimeout(() => watch.disconnect(), PATIENCE_MS);
    return () => {
      watch.disconnect();
      clearTimeout(timer);
    };
  }, [pathname]);

  return null;
}

function findHeading(): HTMLElement | undefined {
  return document.querySelector<HTMLElement>("main h1") ?? undefined;
}

/** Whether the focus is nowhere, or on what led here and is of no use any more. */
function isLeft(focused: Element | null): boolean {
  return (
    focused === null ||
    focused === document.body ||
    focused.id === MAIN_ID ||
    focused.closest("nav[data-site]") !== null
  );
}
