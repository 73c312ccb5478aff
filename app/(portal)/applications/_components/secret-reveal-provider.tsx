"use client";

import { useRouter } from "next/navigation";
import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import type { IssuedCredentials } from "@/lib/applications/application.types";
import { routes } from "@/lib/routes";
import { SecretRevealDialog } from "./secret-reveal-dialog";

/** How a secret came to be: with its application, or later. Later ones are shown on a page that stays. */
export type RevealOptions = { occasion: "created" } | { occasion: "added"; returnFocus(): void };

type Shown = { credentials: IssuedCredentials; options: RevealOptions };
type Reveal = (credentials: IssuedCredentials, options?: RevealOptions) => void;

const SecretRevealContext = createContext<Reveal | undefined>(undefined);

/**
 * Holds a new secret while it is shown, in this one state variable and nowhere else, and forgets it when the dialog
 * closes or the page is left. What lies behind is refreshed afterwards only: refreshing earlier could take the dialog
 * down.
 */
export function SecretRevealProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<Shown | null>(null);
  const leftDuring = useRef<string | null>(null);
  const router = useRouter();

  useEffect(() => {
    if (shown === null) return;
    const { applicationId } = shown.credentials;
    const forget = () => {
      leftDuring.current = applicationId;
      // Now, not soon: the browser may keep this very page for the back button.
      flushSync(() => setShown(null));
    };
    window.addEventListener("pagehide", forget);
    return () => window.removeEventListener("pagehide", forget);
  }, [shown]);

  useEffect(() => {
    const comeBack = (event: PageTransitionEvent) => {
      if (!event.persisted) return;
      setShown(null);
      const applicationId = leftDuring.current;
      leftDuring.current = null;
      // The form behind the dialog was sent: showing it again would invite a second application. Afterwards, because
      // Next restores the address it knows on this very event, and the last one to navigate wins.
      if (applicationId !== null) setTimeout(() => router.replace(routes.applications.detail(applicationId)));
    };
    window.addEventListener("pageshow", comeBack);
    return () => window.removeEventListener("pageshow", comeBack);
  }, [router]);

  function reveal(credentials: IssuedCredentials, options: RevealOptions = { occasion: "created" }) {
    setShown({ credentials, options });
  }

  function close({ credentials, options }: Shown) {
    setShown(null);
    if (options.occasion === "created") router.push(routes.applications.detail(credentials.applicationId));
    router.refresh();
  }

  return (
    <SecretRevealContext value={reveal}>
      {children}
      {shown !== null && (
        <SecretRevealDialog
          credentials={shown.credentials}
          occasion={shown.options.occasion}
          onClose={() => close(shown)}
          returnFocus={shown.options.occasion === "added" ? shown.options.returnFocus : undefined}
        />
      )}
    </SecretRevealContext>
  );
}

/** Returns the function that shows new credentials, once. */
export function useSecretReveal(): Reveal {
  const reveal = useContext(SecretRevealContext);
  if (reveal === undefined) throw new Error("useSecretReveal is used outside of SecretRevealProvider.");
  return reveal;
}
