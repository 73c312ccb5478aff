"use client";

import { type ReactNode, Suspense, useState } from "react";

type StreamBoundaryProps = { isStreamed: boolean; fallback: ReactNode; children: ReactNode };

/**
 * Keeps the way in which its content first came. If it changed when the page is rendered anew, everything inside would
 * be made again, and lose the focus, what was chosen, and what was just said.
 */
export function StreamBoundary({ isStreamed, fallback, children }: StreamBoundaryProps) {
  const [wasStreamed] = useState(isStreamed);
  return wasStreamed ? <Suspense fallback={fallback}>{children}</Suspense> : children;
}
