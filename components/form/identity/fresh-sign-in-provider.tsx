"use client";

import { type ReactNode, useRef } from "react";
import { useConfirmation } from "@/components/ui/use-confirmation";
import { ConfirmIdentityContext } from "../use-action-call";
import { FreshSignInDialog } from "./fresh-sign-in-dialog";
import { OrganisationProofDialog } from "./organisation-proof-dialog";

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
  const focusedBefore = useRef<Element>(null);

  function confirmIdentity(): Promise<boolean> {
    focusedBefore.current = document.activeElement;
    return confirmation.ask();
  }

  function restoreFocus() {
    if (focusedBefore.current instanceof HTMLElement) focusedBefore.current.focus();
  }

  return (
    <ConfirmIdentityContext value={confirmIdentity}>
      {children}
      {confirmation.isOpen &&
        (organisation === undefined ? (
          <FreshSignInDialog email={email} onAnswer={confirmation.answer} returnFocus={restoreFocus} />
        ) : (
          <OrganisationProofDialog
            label={organisation.label}
            onAnswer={confirmation.answer}
            returnFocus={restoreFocus}
          />
        ))}
    </ConfirmIdentityContext>
  );
}
