import { headers } from "next/headers";
import { type ReactNode, Suspense } from "react";

type StreamOnNavigationProps = { fallback: ReactNode; children: ReactNode };

/**
 * Shows `fallback` at once when somebody moves within the portal. A document that is opened arrives whole instead: its
 * status is known before its first byte, and it can be read without scripts.
 */
export async function StreamOnNavigation({ fallback, children }: StreamOnNavigationProps) {
  const isNavigation = (await headers()).get("sec-fetch-dest") === "empty";
  return isNavigation ? <Suspense fallback={fallback}>{children}</Suspense> : children;
}
