"use client";

import { useEffect, useState } from "react";

type ShownOnce = {
  /** Whether to say that it would be gone, and what one more press of the closing button means. */
  warning: "none" | "unkept" | "last press";
  /** For Escape and whatever else would take the dialog away by the way. It never does while nothing was kept. */
  dismiss(): void;
  /** For the button that closes. While nothing was kept it takes a second press of its own. */
  close(): void;
};

/**
 * Holds on to what is shown for the only time there is until it was kept: by a copy, by a download, or because somebody
 * says so. Before that no reload, no other address and no Back takes it away without a question.
 */
export function useShownOnce(isKept: boolean, onClose: () => void): ShownOnce {
  const [warning, setWarning] = useState<ShownOnce["warning"]>("none");
  useEffect(() => {
    if (isKept) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    const page = { state: window.history.state as unknown, address: window.location.href };
    // Pages of the portal follow one another without being unloaded: Back is undone before the router hears of it.
    const stay = (event: PopStateEvent) => {
      event.stopImmediatePropagation();
      window.history.pushState(page.state, "", page.address);
      setWarning(toWarned);
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
    dismiss: () => (isKept ? onClose() : setWarning(toWarned)),
    close: () => (isKept || warning === "last press" ? onClose() : setWarning("last press")),
  };
}

function toWarned(warning: ShownOnce["warning"]): ShownOnce["warning"] {
  return warning === "none" ? "unkept" : warning;
}
