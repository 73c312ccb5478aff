"use client";

import { type ReactNode, useRef } from "react";
import { useConfirmation } from "@/components/ui/use-confirmation";
import { FreshSignInDialog } from "./fresh-sign-in-dialog";
import { ConfirmIdentityContext } from "./use-action-call";

type FreshSignInProviderProps = { email: string; children: ReactNode };

/** Stands around everything that calls actions and asks, when one of them wants to know, whether it is still the same person. */
export function FreshSignInProvider({ email, children }: FreshSignInProviderProps) {
  const confirmation = useConfirmation();
  const focusedBefore = useRef<Element>(null);

  function confirmIdentity(): Promise<boolean> {
    focusedBefore.current = document.activeElement;
    return confirmation.ask();
  }

  return (
    <ConfirmIdentityContext value={confirmIdentity}>
      {children}
      {confirmation.isOpen && (
        <FreshSignInDialog
          email={email}
          onAnswer={confirmation.answer}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (focusedBefore.current instanceof HTMLElement) focusedBefore.current.focus();
          }}
        />
      )}
    </ConfirmIdentityContext>
  );
}
