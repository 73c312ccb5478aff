"use client";

import { type ReactNode, useRef } from "react";
import { useConfirmation } from "@/components/ui/use-confirmation";
import { useLoadedPart } from "@/components/ui/use-loaded-part";
import { ConfirmIdentityContext } from "../use-action-call";

type FreshSignInProviderProps = {
  email: string;
  /** For who signed in through the provider: what it is called, if it is. Others are asked for their password. */
  organisation: { label: string | undefined } | undefined;
  children: ReactNode;
};

/**
 * Stands around everything that calls actions and asks, when one of them wants to know, whether it is still the same
 * person.
 */
export function FreshSignInProvider({ email, organisation, children }: FreshSignInProviderProps) {
  const confirmation = useConfirmation();
  const { part: dialogs, load } = useLoadedPart(() => import("./identity-dialogs"));
  const focusedBefore = useRef<Element>(null);

  async function confirmIdentity(): Promise<boolean> {
    focusedBefore.current = document.activeElement;
    return (await load()) && confirmation.ask();
  }

  function restoreFocus() {
    if (focusedBefore.current instanceof HTMLElement) focusedBefore.current.focus();
  }

  return (
    <ConfirmIdentityContext value={confirmIdentity}>
      {children}
      {confirmation.isOpen &&
        dialogs !== undefined &&
        (organisation === undefined ? (
          <dialogs.FreshSignInDialog email={email} onAnswer={confirmation.answer} returnFocus={restoreFocus} />
        ) : (
          <dialogs.OrganisationProofDialog
            label={organisation.label}
            onAnswer={confirmation.answer}
            returnFocus={restoreFocus}
          />
        ))}
    </ConfirmIdentityContext>
  );
}
