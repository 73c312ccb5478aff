"use client";

import { useCallback, useSyncExternalStore } from "react";
import { routes } from "@/lib/routes";
import { type AddressState, parseAddressState, toAddressQuery } from "./address-state";

const CHANGED = "quick-start-address";

/**
 * The state of the quick start, which is the address of the page. The page of somebody without an account is the same
 * for everybody, so what its address says is read here. `known` is the query that the server has answered.
 */
export function useAddressState(known: string): [AddressState, (change: Partial<AddressState>) => void] {
  const query = useSyncExternalStore(
    subscribe,
    () => window.location.search,
    () => known,
  );
  const state = parseAddressState(new URLSearchParams(query));
  const change = useCallback((changed: Partial<AddressState>) => {
    const next = { ...parseAddressState(new URLSearchParams(window.location.search)), ...changed };
    window.history.replaceState(null, "", routes.developers.start(toAddressQuery(next)));
    window.dispatchEvent(new Event(CHANGED));
  }, []);
  return [state, change];
}

function subscribe(onChange: () => void): () => void {
  for (const name of [CHANGED, "popstate"]) window.addEventListener(name, onChange);
  return () => {
    for (const name of [CHANGED, "popstate"]) window.removeEventListener(name, onChange);
  };
}
