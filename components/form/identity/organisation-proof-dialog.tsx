"use client";

import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { buttonStyles } from "@/components/ui/button";
import { AlertDialog, AlertDialogCancel, DialogButtons, type DialogProps } from "@/components/ui/dialog";
import { routes } from "@/lib/routes";
import { FormFailure } from "../form-failure";
import { IDENTITY_CHANNEL, type IdentityAnswer } from "./identity-channel";

type OrganisationProofDialogProps = { label: string | undefined; onAnswer(isConfirmed: boolean): void } & Pick<
  DialogProps,
  "returnFocus"
>;

/**
 * Asks members without a password for the proof of their provider, in a tab of its own: this page keeps what was typed
 * into it, and goes on when the other tab says that it is done.
 */
export function OrganisationProofDialog({ label, onAnswer, returnFocus }: OrganisationProofDialogProps) {
  const t = useTranslations("freshSignIn");
  const [state, setState] = useState<IdentityAnswer & { isWaiting: boolean }>({ isWaiting: false });
  const linkRef = useRef<HTMLAnchorElement>(null);
  const name = label ?? t("yourOrganisation");

  const take = useEffectEvent(({ problem }: IdentityAnswer) => {
    if (problem === undefined) onAnswer(true);
    else setState({ isWaiting: false, problem });
  });
  useEffect(() => {
    const channel = new BroadcastChannel(IDENTITY_CHANNEL);
    channel.onmessage = (event: MessageEvent<IdentityAnswer>) => take(event.data);
    return () => channel.close();
  }, []);

  return (
    <AlertDialog
      isOpen
      onOpenChange={() => onAnswer(false)}
      title={t("title")}
      description={t("organisationText", { label: name })}
      initialFocus={linkRef}
      returnFocus={returnFocus}
    >
      <div className="space-y-5">
        {state.problem !== undefined && <FormFailure error={{ reason: state.problem }} leavesFocus />}
        <p role="status" className="text-sm text-ink-muted">
          {state.isWaiting ? t("organisationWaiting") : ""}
        </p>
        <DialogButtons>
          <AlertDialogCancel>{t("cancel")}</AlertDialogCancel>
          <a
            ref={linkRef}
            href={routes.organisation.start({ confirm: "1" })}
            target="_blank"
            // Not noopener: a tab may close itself only when a page has opened it.
            rel="noopener opener"
            className={buttonStyles({ variant: "primary" })}
            onClick={() => setState({ isWaiting: true })}
          >
            {t("organisationGo", { label: name })}
          </a>
        </DialogButtons>
      </div>
    </AlertDialog>
  );
}
