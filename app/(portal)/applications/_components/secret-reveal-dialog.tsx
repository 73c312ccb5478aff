"use client";

import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { CredentialFields } from "@/components/credentials/credential-fields";
import { StoredConfirmation } from "@/components/credentials/stored-confirmation";
import { AlertDialog, DialogButtons, type DialogProps } from "@/components/ui/dialog";
import { useShownOnce } from "@/components/ui/use-shown-once";
import type { ApiAddresses, IssuedCredentials } from "@/lib/applications/application.types";

type SecretRevealDialogProps = {
  credentials: IssuedCredentials;
  addresses: ApiAddresses;
  /** Whether the application is new as well, or only the secret. */
  occasion: "created" | "added";
  /** Called when somebody says that it is stored, and when they take that back. */
  onStoredChange(isStored: boolean): void;
  onClose(): void;
} & Pick<DialogProps, "returnFocus">;

/**
 * Shows a secret for the only time there is. It closes once somebody has said that it is stored; without that it asks,
 * and closes when the button itself is pressed again. Neither Escape, nor a click outside, nor leaving the page loses it
 * without a question.
 */
export function SecretRevealDialog(props: SecretRevealDialogProps) {
  const { credentials, addresses, occasion, onStoredChange, onClose, returnFocus } = props;
  const t = useTranslations("reveal");
  const [isStored, setIsStored] = useState(false);
  const shown = useShownOnce(isStored, onClose);
  const copyRef = useRef<HTMLButtonElement>(null);

  return (
    <AlertDialog
      isOpen
      onOpenChange={shown.dismiss}
      className="max-w-4xl"
      title={t("title")}
      returnFocus={returnFocus}
      description={t.rich(occasion === "created" ? "description" : "descriptionAdded", {
        name: credentials.name,
        strong: (chunks) => <strong className="font-semibold break-words text-ink">{chunks}</strong>,
      })}
      initialFocus={copyRef}
    >
      <CredentialFields credentials={credentials} addresses={addresses} copyRef={copyRef} />
      <StoredConfirmation
        shown={shown}
        isStored={isStored}
        onStoredChange={(isTicked) => {
          setIsStored(isTicked);
          onStoredChange(isTicked);
        }}
        lastWord={t("notStoredLast")}
        buttons={(button) => <DialogButtons>{button}</DialogButtons>}
      />
    </AlertDialog>
  );
}
