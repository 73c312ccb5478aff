"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { FormFailure } from "@/components/form/form-failure";
import { reachAction } from "@/components/form/reach-action";
import { SubmitButton } from "@/components/form/submit-button";
import { Notice } from "@/components/ui/notice";
import { useIsHydrated } from "@/components/ui/use-is-hydrated";
import type { ActionError } from "@/lib/actions/action-result";
import type { ApiAddresses, IssuedCredentials } from "@/lib/applications/application.types";
import type { OpenedPickUpLink } from "@/lib/applications/pick-up/pick-up-link.types";
import { openPickUpLinkAction, pickUpSecretAction } from "../actions";
import { ClosedLink } from "./closed-link";
import { PickedUp } from "./picked-up";

type Step =
  | { step: "opening" }
  | { step: "refused"; error: ActionError }
  | { step: "opened"; token: string; link: OpenedPickUpLink }
  | { step: "made"; token: string; credentials: IssuedCredentials }
  | { step: "over"; isStored: boolean };

/**
 * Takes the token out of the address, where neither the history nor a shoulder should find it again, asks the server how
 * the link is doing, and waits for a press before anything is made.
 */
export function PickUp({ addresses }: { addresses: ApiAddresses }) {
  const t = useTranslations("pickUp");
  const isHydrated = useIsHydrated();
  const [step, setStep] = useState<Step>({ step: "opening" });

  useEffect(() => {
    let isGone = false;
    const token = window.location.hash.slice(1);
    async function open() {
      const result = await reachAction(() => openPickUpLinkAction({ token }));
      if (isGone) return;
      if (!result.ok) return setStep({ step: "refused", error: result.error });
      window.history.replaceState(window.history.state, "", window.location.pathname);
      setStep({ step: "opened", token, link: result.data });
    }
    if (token === "") setStep({ step: "refused", error: { reason: "pick_up_link_unknown" } });
    else void open();
    return () => {
      isGone = true;
    };
  }, []);

  // Without scripts nothing is being checked, and the page says why.
  if (step.step === "opening") return isHydrated && <p role="status">{t("opening")}</p>;
  if (step.step === "refused") return <FormFailure error={step.error} />;
  if (step.step === "over") {
    return (
      <Notice tone={step.isStored ? "success" : "warning"} role="status">
        {t(step.isStored ? "over" : "lost")}
      </Notice>
    );
  }
  if (step.step === "made") {
    const { token, credentials } = step;
    return (
      <PickedUp
        token={token}
        credentials={credentials}
        addresses={addresses}
        onClose={(isStored) => setStep({ step: "over", isStored })}
      />
    );
  }
  const { token, link } = step;
  if (link.state !== "open") return <ClosedLink link={link} />;
  return (
    <OpenLink
      token={token}
      link={link}
      onClosed={(closed) => setStep({ step: "opened", token, link: closed })}
      onMade={(credentials) => setStep({ step: "made", token, credentials })}
    />
  );
}

type OpenLinkProps = {
  token: string;
  link: Extract<OpenedPickUpLink, { state: "open" }>;
  onClosed(link: OpenedPickUpLink): void;
  onMade(credentials: IssuedCredentials): void;
};

/** What the link is for, and the press that makes the secret. */
function OpenLink({ token, link, onClosed, onMade }: OpenLinkProps) {
  const t = useTranslations("pickUp");
  const [failure, setFailure] = useState<ActionError>();
  const [isBusy, setIsBusy] = useState(false);
  // A ref, not the state: a second click can come before the first has been rendered, and would be a second opener.
  const isSending = useRef(false);

  async function pickUp(event: React.FormEvent) {
    event.preventDefault();
    if (isSending.current) return;
    isSending.current = true;
    setIsBusy(true);
    setFailure(undefined);
    const result = await reachAction(() => pickUpSecretAction({ token }));
    isSending.current = false;
    setIsBusy(false);
    if (!result.ok) return setFailure(result.error);
    if (result.data.state === "made") onMade(result.data.credentials);
    else onClosed(result.data);
  }

  return (
    <form onSubmit={pickUp} className="space-y-5">
      <div className="space-y-3">
        <p>
          {t.rich("openText", {
            name: link.applicationName,
            strong: (chunks) => <strong className="font-semibold break-words">{chunks}</strong>,
          })}
        </p>
        {link.label !== null && <p className="break-words">{t("label", { label: link.label })}</p>}
        <ul className="list-disc space-y-1 pl-5 text-sm text-ink-muted">
          <li>{t("openOnce")}</li>
          <li>{t("openUntil", { expiresAt: link.expiresAt })}</li>
          <li>{t("openReady")}</li>
        </ul>
      </div>
      <SubmitButton isBusy={isBusy}>{t("press")}</SubmitButton>
      {failure !== undefined && <FormFailure error={failure} />}
    </form>
  );
}
