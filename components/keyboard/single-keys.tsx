"use client";

import { createContext, type ReactNode, useContext } from "react";

const SingleKeysContext = createContext(false);

/** Tells what is inside whether the keys that are pressed by themselves are switched on. */
export function SingleKeys({ areOn, children }: { areOn: boolean; children: ReactNode }) {
  return <SingleKeysContext value={areOn}>{children}</SingleKeysContext>;
}

/** Returns what `aria-keyshortcuts` says of a control that a key reaches: nothing while such keys are switched off. */
export function useSingleKey(key: string): string | undefined {
  return useContext(SingleKeysContext) ? key : undefined;
}
