"use client";

import { useState } from "react";

type Answer = (isConfirmed: boolean) => void;

/** Lets code wait for a person's yes or no, given in a dialog. Asking again answers the question before with no. */
export function useConfirmation() {
  const [resolve, setResolve] = useState<{ answer: Answer }>();
  return {
    isOpen: resolve !== undefined,
    ask(): Promise<boolean> {
      resolve?.answer(false);
      return new Promise((answer) => setResolve({ answer }));
    },
    answer(isConfirmed: boolean) {
      resolve?.answer(isConfirmed);
      setResolve(undefined);
    },
  };
}
