"use client";

import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { CopyField } from "@/components/ui/copy-field";
import { AlertDialog, DialogButtons, type DialogProps } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import { useShownOnce } from "@/components/ui/use-shown-once";
import type { IssuedCredentials } from "@/lib/applications/application.types";
import { downloadCredentials } from "./download-credentials";

type SecretRevealDialogProps = {
  credentials: IssuedCredentials;
  /** Whether the application is new as well, or only the secret. */
  occasion: "created" | "added";
  onClose(): void;
} & Pick<DialogProps, "returnFocus">;

/**
 * Shows a secret for the only time there is. It closes once the secret was copied, downloaded or declared stored;
 * without any of these it asks, and closes when `Done` itself is pressed again. Neither Escape, nor a click outside, nor
 * leaving the page loses it without a question.
 */
export function SecretRevealDialog({ credentials, occasion, onClose, returnFocus }: SecretRevealDialogProps) {
  const t = useTranslations("reveal");
  const [isStored, setIsStored] = useState(false);
  const { warning, dismiss, close } = useShownOnce(isStored, onClose);
  const copyRef = useRef<HTMLButtonElement>(null);

  return (
    <AlertDialog
      isOpen
      onOpenChange={dismiss}
      className="max-w-4xl"
      title={t("title")}
      returnFocus={returnFocus}
      description={t.rich(occasion === "created" ? "description" : "descriptionAdded", {
        name: credentials.name,
        strong: (chunks) => <strong className="font-semibold break-words text-ink">{chunks}</strong>,
      })}
      initialFocus={copyRef}
    >
      <div className="space-y-4">
        <CopyField label={t("clientId")} value={credentials.clientId} copyLabel={t("copyClientId")} />
        <CopyField
          label={t("clientSecret")}
          value={credentials.clientSecret}
          copyLabel={t("copyClientSecret")}
          onCopied={() => setIsStored(true)}
          buttonRef={copyRef}
        />
        <Button
          onClick={() => {
            downloadCredentials(credentials);
            setIsStored(true);
          }}
        >
          <Download aria-hidden="true" />
          {t("download")}
        </Button>
      </div>
      <label className="flex items-center gap-3 text-sm">
        <input
          type="checkbox"
          className="size-5 shrink-0 accent-accent"
          checked={isStored}
          onChange={(event) => setIsStored(event.target.checked)}
        />
        {t("stored")}
      </label>
      {warning !== "none" && (
        // The last word before it is gone is another one, and read out again.
        <Notice key={warning} tone="warning" role="alert">
          {warning === "unkept" ? t("notStored") : t("notStoredLast")}
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
