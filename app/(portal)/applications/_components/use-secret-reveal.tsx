"use client";

import { useContext } from "react";
import type { IssuedSecret } from "@/lib/applications/application.types";
import { PickUpLinkDialog } from "./pick-up-link-dialog";
import { type OneTimeDialogProps, type RevealOptions, SecretRevealContext } from "./secret-reveal-context";
import { SecretRevealDialog } from "./secret-reveal-dialog";

/** Returns the function that shows new credentials, or a link to them, once. For forms that make them. */
export function useSecretReveal(): (issued: IssuedSecret, options?: RevealOptions) => void {
  const reveal = useContext(SecretRevealContext);
  if (reveal === undefined) throw new Error("useSecretReveal is used outside of SecretRevealProvider.");
  return (issued, options = { occasion: "created" }) => reveal({ issued, options, Dialog: OneTimeDialog });
}

function OneTimeDialog({ issued, occasion, addresses, onStoredChange, onClose, returnFocus }: OneTimeDialogProps) {
  if ("url" in issued) return <PickUpLinkDialog link={issued} onClose={onClose} returnFocus={returnFocus} />;
  return (
    <SecretRevealDialog
      credentials={issued}
      addresses={addresses}
      occasion={occasion}
      onStoredChange={onStoredChange}
      onClose={onClose}
      returnFocus={returnFocus}
    />
  );
}
