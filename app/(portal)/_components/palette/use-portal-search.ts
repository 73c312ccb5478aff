"use client";

import { useEffect, useRef, useState } from "react";
import type { ActionError } from "@/lib/actions/action-result";
import { routes } from "@/lib/routes";
import type { HitGroup, SearchPurpose } from "@/lib/search/search.types";

const TYPING_PAUSE_MS = 150;

type Asked = { q: string; purpose?: SearchPurpose | undefined };

/** `groups` are those of the last answer; while another one is awaited they are not of what is asked now. */
export type PortalSearch = { isPending: boolean; groups: HitGroup[]; failure: ActionError | undefined };

const NOTHING: PortalSearch = { isPending: false, groups: [], failure: undefined };

/** Asks the server a moment after the last key. What is asked later takes the place of what was asked before. */
export function usePortalSearch() {
  const [state, setState] = useState(NOTHING);
  const under = useRef<{ timer: ReturnType<typeof setTimeout>; request: AbortController }>(undefined);

  function stop() {
    clearTimeout(under.current?.timer);
    under.current?.request.abort();
  }

  function ask(asked: Asked, pause = TYPING_PAUSE_MS) {
    stop();
    const request = new AbortController();
    const timer = setTimeout(async () => {
      const answer = await fetchHits(asked, request.signal);
      if (!request.signal.aborted) setState({ isPending: false, groups: [], failure: undefined, ...answer });
    }, pause);
    under.current = { timer, request };
    setState(({ groups }) => ({ isPending: true, groups, failure: undefined }));
  }

  function clear() {
    stop();
    setState(NOTHING);
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: it stops what is under way when the palette has gone
  useEffect(() => stop, []);

  return { ...state, ask, clear };
}

async function fetchHits(
  { q, purpose }: Asked,
  signal: AbortSignal,
): Promise<Pick<PortalSearch, "groups"> | Pick<PortalSearch, "failure">> {
  try {
    const response = await fetch(routes.search(), {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ q, purpose }),
      signal,
    });
    const answer = (await response.json()) as { groups: HitGroup[] } | { code: ActionError["reason"] };
    return "groups" in answer ? { groups: answer.groups } : { failure: { reason: answer.code } };
  } catch {
    return { failure: { reason: "unreachable" } };
  }
}
