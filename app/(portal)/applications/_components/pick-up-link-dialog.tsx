"use client";

import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { CopyField } from "@/components/ui/copy-field";
import { AlertDialog, DialogButtons, type DialogProps } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import { useShownOnce } from "@/components/ui/use-shown-once";
import type { IssuedPickUpLink } from "@/lib/applications/application.types";

type PickUpLinkDialogProps = { link: IssuedPickUpLink; onClose(): void } & Pick<DialogProps, "returnFocus">;

/**
 * Shows a pick-up link for the only time there is. It closes once the link was copied; without that it says what that
 * means and closes when the button itself is pressed again. Unlike a secret it can be made anew, and nothing is lost.
 */
export function PickUpLinkDialog({ link, onClose, returnFocus }: PickUpLinkDialogProps) {
  const t = useTranslations("pickUpLinks");
  const [isCopied, setIsCopied] = useState(false);
  const { warning, dismiss, close } = useShownOnce(isCopied, onClose);
  const copyRef = useRef<HTMLButtonElement>(null);
  return (
    <AlertDialog
      isOpen
      onOpenChange={dismiss}
      className="max-w-2xl"
      title={t("dialogTitle")}
      description={t.rich("dialogText", {
        name: link.name,
        expiresAt: link.expiresAt,
        strong: (chunks) => <strong className="font-semibold break-words text-ink">{chunks}</strong>,
      })}
      returnFocus={returnFocus}
      initialFocus={copyRef}
    >
      <CopyField
        label={t("link")}
        value={link.url}
        copyLabel={t("copy")}
        onCopied={() => setIsCopied(true)}
        buttonRef={copyRef}
      />
      {warning !== "none" && (
        <Notice key={warning} tone="warning" role="alert">
          {warning === "unkept" ? t("notCopied") : t("notCopiedLast")}
        </Notice>
      )}
      <DialogButtons>
        <Button variant="primary" onClick={close}>
          {t("done")}
        </Button>
      </DialogButtons>
    </AlertDialog>
  );
}
