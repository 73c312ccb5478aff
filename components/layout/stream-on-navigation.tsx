import { headers } from "next/headers";
import type { ReactNode } from "react";
import { StreamBoundary } from "./stream-boundary";

type StreamOnNavigationProps = { fallback: ReactNode; children: ReactNode };

/**
 * Shows `fallback` at once when somebody moves within the portal. A document that is opened arrives whole instead: its
 * status is known before its first byte, and it can be read without scripts.
 */
export async function StreamOnNavigation({ fallback, children }: StreamOnNavigationProps) {
  const isNavigation = (await headers()).get("sec-fetch-dest") === "empty";
  return (
    <StreamBoundary isStreamed={isNavigation} fallback={fallback}>
      {children}
    </StreamBoundary>
  );
}
