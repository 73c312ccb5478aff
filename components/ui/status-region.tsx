"use client";

import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import { Button } from "./button";
import { Notice } from "./notice";

/** For so long a sentence stands there; it says what was done, and what was done stays visible on the page itself. */
const SHOWN_MS = 15_000;

/** What takes back what was done, while the sentence stands there. */
export type Undo = { label: string; run(): void };

/** Says something in the status region of the page; an empty text clears it. */
export type Say = (text: string, undo?: Undo) => void;

const SayContext = createContext<Say>(() => {});

export function useSay(): Say {
  return useContext(SayContext);
}

type Said = { text: string; undo: Undo | undefined; count: number };

/**
 * The one place in which the page says that something was done. It outlives the pages, so that what leads on to another
 * one can be said too, and is there while it is empty: what appears together with its text is read out by nobody. Who
 * points at it or has the focus in it reads on as long as they like.
 */
export function StatusRegion({ children }: { children: ReactNode }) {
  const [said, setSaid] = useState<Said>({ text: "", undo: undefined, count: 0 });
  const [isRead, setIsRead] = useState(false);
  const say = (text: string, undo?: Undo) => {
    setIsRead(false);
    setSaid(({ count }) => ({ text, undo, count: count + 1 }));
  };

  useEffect(() => {
    if (said.text === "" || isRead) return;
    const timer = setTimeout(() => setSaid(({ count }) => ({ text: "", undo: undefined, count })), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [said, isRead]);

  return (
    <SayContext value={say}>
      {children}
      <div
        role="status"
        onPointerEnter={() => setIsRead(true)}
        onPointerLeave={() => setIsRead(false)}
        onFocus={() => setIsRead(true)}
        onBlur={() => setIsRead(false)}
        className="fixed inset-x-4 bottom-4 z-30 mx-auto w-fit max-w-md sm:right-6 sm:left-auto"
      >
        {said.text !== "" && (
          <Notice tone="success" className="wrap-anywhere shadow-lg">
            <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
              {/* The same sentence once more is another one, and read out again. */}
              <p key={said.count}>{said.text}</p>
              {said.undo !== undefined && <Button onClick={said.undo.run}>{said.undo.label}</Button>}
            </div>
          </Notice>
        )}
      </div>
    </SayContext>
  );
}
