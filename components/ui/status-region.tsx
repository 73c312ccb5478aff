"use client";

import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import { Notice } from "./notice";

/** For so long a sentence stands there; it says what was done, and what was done stays visible on the page itself. */
const SHOWN_MS = 15_000;

const SayContext = createContext<(text: string) => void>(() => {});

/** Returns the function that says something in the status region of the page; an empty text clears it. */
export function useSay(): (text: string) => void {
  return useContext(SayContext);
}

/**
 * The one place in which the page says that something was done. It outlives the pages, so that what leads on to another
 * one can be said too, and is there while it is empty: what appears together with its text is read out by nobody.
 */
export function StatusRegion({ children }: { children: ReactNode }) {
  const [said, setSaid] = useState({ text: "", count: 0 });

  useEffect(() => {
    if (said.text === "") return;
    const timer = setTimeout(() => setSaid({ text: "", count: 0 }), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [said]);

  return (
    <SayContext value={(text) => setSaid(({ count }) => ({ text, count: count + 1 }))}>
      {children}
      <div
        role="status"
        className="pointer-events-none fixed inset-x-4 bottom-4 z-30 mx-auto w-fit max-w-md sm:right-6 sm:left-auto"
      >
        {/* The same sentence once more is another one, and read out again. */}
        {said.text !== "" && (
          <Notice key={said.count} tone="success" className="wrap-anywhere shadow-lg">
            {said.text}
          </Notice>
        )}
      </div>
    </SayContext>
  );
}
