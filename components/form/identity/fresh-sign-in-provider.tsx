"use client";

import { type ReactNode, useRef, useState } from "react";
import { useConfirmation } from "@/components/ui/use-confirmation";
import { useLoadedPart } from "@/components/ui/use-loaded-part";
import type { ActionResult } from "@/lib/actions/action-result";
import { reachAction } from "../reach-action";
import { ConfirmIdentityContext } from "../use-action-call";
import type { AskedFactors } from "./asked-factors";

type FreshSignInProviderProps = {
  email: string;
  /** What is asked for besides: what a member has changes while a page is open, and the server knows it. */
  findFactors(input: object): Promise<ActionResult<{ isCodeAsked: boolean; hasPasskey: boolean }>>;
  askPasskey: NonNullable<AskedFactors["askPasskey"]>;
  /** For who signed in through the provider: what it is called, if it is. Others are asked for their password. */
  organisation: { label: string | undefined } | undefined;
  children: ReactNode;
};

/**
 * Stands around everything that calls actions and asks, when one of them wants to know, whether it is still the same
 * person.
 */
export function FreshSignInProvider(props: FreshSignInProviderProps) {
  const { email, findFactors, askPasskey, organisation, children } = props;
  const [factors, setFactors] = useState<AskedFactors>({ isCodeAsked: false, askPasskey: undefined });
  const confirmation = useConfirmation();
  const { part: dialogs, load } = useLoadedPart(() => import("./identity-dialogs"));
  const focusedBefore = useRef<Element>(null);

  async function confirmIdentity(): Promise<boolean> {
    focusedBefore.current = document.activeElement;
    const [isLoaded, found] = await Promise.all([
      load(),
      organisation === undefined ? reachAction(() => findFactors({})) : null,
    ]);
    if (found?.ok === true) {
      const { isCodeAsked, hasPasskey } = found.data;
      setFactors({ isCodeAsked, askPasskey: hasPasskey ? askPasskey : undefined });
    }
    return isLoaded && confirmation.ask();
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
          <dialogs.FreshSignInDialog
            email={email}
            factors={factors}
            onAnswer={confirmation.answer}
            returnFocus={restoreFocus}
          />
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
