"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { reachAction } from "@/components/form/reach-action";
import type { ApiAddresses, IssuedSecret } from "@/lib/applications/application.types";
import { routes } from "@/lib/routes";
import { setSecretStoredAction } from "../[applicationId]/secrets/actions";
import { SecretRevealContext, type ShownSecret } from "./secret-reveal-context";

/**
 * Holds a new secret, or the link that makes one, while it is shown, in this one state variable and nowhere else, and forgets it when the dialog
 * closes or the page is left. What lies behind is refreshed afterwards only: refreshing earlier could take the dialog
 * down.
 */
export function SecretRevealProvider({ addresses, children }: { addresses: ApiAddresses; children: ReactNode }) {
  const [shown, setShown] = useState<ShownSecret | null>(null);
  const leftDuring = useRef<string | null>(null);
  const noted = useRef<Promise<unknown>>(Promise.resolve());
  const router = useRouter();

  useEffect(() => {
    if (shown === null) return;
    const { applicationId } = shown.issued;
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

  function close({ issued, options }: ShownSecret) {
    setShown(null);
    const { detail, secrets } = routes.applications;
    // How a link is doing stands among the secrets.
    if (options.occasion === "created") router.push(("url" in issued ? secrets : detail)(issued.applicationId));
    router.refresh();
    // Once more when it is noted that the secret is stored, or the page would say that nobody did.
    void noted.current.then(() => router.refresh());
  }

  /** If it does not arrive, the page of the secrets says that nobody stored this one, and somebody looks. */
  function noteStored(issued: IssuedSecret, isStored: boolean) {
    if ("url" in issued) return;
    const { applicationId, secretId } = issued;
    noted.current = reachAction(() => setSecretStoredAction({ applicationId, secretId, isStored }));
  }

  return (
    <SecretRevealContext value={setShown}>
      {children}
      {shown !== null && (
        <shown.Dialog
          issued={shown.issued}
          occasion={shown.options.occasion}
          addresses={addresses}
          returnFocus={shown.options.occasion === "added" ? shown.options.returnFocus : undefined}
          onStoredChange={(isStored) => noteStored(shown.issued, isStored)}
          onClose={() => close(shown)}
        />
      )}
    </SecretRevealContext>
  );
}
