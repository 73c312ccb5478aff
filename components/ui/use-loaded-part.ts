"use client";

import { useState } from "react";

/** In the words of actions: what does not come was made by an earlier version, or reloading the page brings it too. */
type LoadFailure = { reason: "page_outdated" };

/**
 * Loads a part of the portal's scripts when somebody asks for what it does: `useLoadedPart(() => import("./big-form"))`.
 * `load` resolves with whether it is there.
 */
export function useLoadedPart<Part>(fetchPart: () => Promise<Part>): {
  part: Part | undefined;
  failure: LoadFailure | undefined;
  load(): Promise<boolean>;
} {
  const [loaded, setLoaded] = useState<{ part?: Part; failure?: LoadFailure }>({});

  async function load(): Promise<boolean> {
    if (loaded.part !== undefined) return true;
    try {
      const part = await fetchPart();
      setLoaded({ part });
      return true;
    } catch {
      setLoaded({ failure: { reason: "page_outdated" } });
      return false;
    }
  }

  return { part: loaded.part, failure: loaded.failure, load };
}
