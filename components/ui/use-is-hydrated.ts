"use client";

import { useSyncExternalStore } from "react";

/**
 * Tells whether React has taken this part of the page over. Until then a control that needs it stays disabled, so that
 * nothing typed or pressed early is lost.
 */
export function useIsHydrated(): boolean {
  return useSyncExternalStore(
    () => () => {},
    () => true,
    () => false,
  );
}
