"use client";

import { useEffect, useEffectEvent } from "react";

/** Does once with what a link suggests what somebody would do by hand. Nothing of it is saved. */
export function useSuggestion(suggested: string | undefined, take: (suggested: string) => void): void {
  const onSuggested = useEffectEvent(take);
  useEffect(() => {
    if (suggested !== undefined) onSuggested(suggested);
  }, [suggested]);
}
