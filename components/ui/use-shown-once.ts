"use client";

import { useEffect, useState } from "react";

export type ShownOnce = {
  /** Whether to say that it would be gone, and what one more press of the closing button means. */
  warning: "none" | "unkept" | "last press";
  /** For Escape and whatever else would take the dialog away by the way. It never does while nothing was kept. */
  dismiss(): void;
  /** For the button that closes. While nothing was kept it takes a second press of its own, and nothing in between. */
  close(): void;
};

/**
 * Holds on to what is shown for the only time there is until it was kept: by a copy, or because somebody says so. Before that no reload, no other address and no Back takes it away without a question.
 */
export function useShownOnce(isKept: boolean, onClose: () => void): ShownOnce {
  const [warning, setWarning] = useState<ShownOnce["warning"]>("none");
  useEffect(() => {
    if (isKept) {
      // Whoever takes it back is asked from the beginning.
      setWarning("none");
      return;
    }
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    const page = { state: window.history.state as unknown, address: window.location.href };
    // Pages of the portal follow one another without being unloaded: Back is undone before the router hears of it.
    const stay = (event: PopStateEvent) => {
      event.stopImmediatePropagation();
      window.history.pushState(page.state, "", page.address);
      setWarning("unkept");
    };
    window.addEventListener("beforeunload", ask);
    window.addEventListener("popstate", stay, { capture: true });
    return () => {
      window.removeEventListener("beforeunload", ask);
      window.removeEventListener("popstate", stay, { capture: true });
    };
  }, [isKept]);

  return {
    warning: isKept ? "none" : warning,
    dismiss: () => (isKept ? onClose() : setWarning("unkept")),
    close: () => (isKept || warning === "last press" ? onClose() : setWarning("last press")),
  };
}
