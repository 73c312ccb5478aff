"use client";

import { PickUpLinkDialog } from "./pick-up-link-dialog";
import type { OneTimeDialogProps } from "./secret-reveal-context";
import { SecretRevealDialog } from "./secret-reveal-dialog";

/** Shows new credentials, or a link to them, once. */
export function OneTimeDialog({ issued, occasion, addresses, ...dialog }: OneTimeDialogProps) {
  const { onStoredChange, onClose, returnFocus } = dialog;
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
