"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { Button } from "@/components/ui/button";
import { CopyField } from "@/components/ui/copy-field";
import { AlertDialog, DialogButtons } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import { useShownOnce } from "@/components/ui/use-shown-once";
import type { IssuedStaffLink } from "@/lib/staff/staff.types";

type StaffLinkDialogProps = {
  link: IssuedStaffLink;
  onClose(): void;
  /** Called when the page is left: the link must be gone at once. */
  onForget(): void;
};

/**
 * Shows a one-time link for the only time there is. It closes once the link was copied; without that it says what that
 * means and closes when `Done` itself is pressed again. Who leaves the page, after a question, leaves the link.
 */
export function StaffLinkDialog({ link, onClose, onForget }: StaffLinkDialogProps) {
  const t = useTranslations("staffLink");
  const [isCopied, setIsCopied] = useState(false);
  const { warning, dismiss, close } = useShownOnce(isCopied, onClose);
  const copyRef = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    // Now, not soon: the browser may keep this very page for the back button.
    const forget = () => flushSync(onForget);
    window.addEventListener("pagehide", forget);
    return () => window.removeEventListener("pagehide", forget);
  }, [onForget]);

  return (
    <AlertDialog
      isOpen
      onOpenChange={dismiss}
      className="max-w-2xl"
      title={t(link.kind === "invitation" ? "invitationTitle" : "passwordTitle")}
      description={t(link.kind === "invitation" ? "invitationText" : "passwordText", {
        email: link.email,
        expiresAt: link.expiresAt,
      })}
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
