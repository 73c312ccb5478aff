"use client";

import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { StoredConfirmation } from "@/components/credentials/stored-confirmation";
import { Button, buttonStyles } from "@/components/ui/button";
import { copyText } from "@/components/ui/clipboard";
import { AlertDialog, DialogButtons } from "@/components/ui/dialog";
import { useShownOnce } from "@/components/ui/use-shown-once";

const FILE_NAME = "vestibule-recovery-codes.txt";

/**
 * Shows recovery codes for the only time there is. It closes once somebody has said that they are stored; without that
 * it asks, and closes when its button is pressed again.
 */
export function RecoveryCodesDialog({ codes, onClose }: { codes: string[]; onClose(): void }) {
  const t = useTranslations("secondFactor");
  const [isStored, setIsStored] = useState(false);
  const [feedback, setFeedback] = useState<"copied" | "notCopied">();
  const shown = useShownOnce(isStored, onClose);
  const copyRef = useRef<HTMLButtonElement>(null);
  const text = codes.join("\n");
  return (
    <AlertDialog
      isOpen
      onOpenChange={shown.dismiss}
      title={t("codesTitle")}
      description={t("codesText")}
      initialFocus={copyRef}
    >
      <ol className="grid grid-cols-1 gap-x-6 gap-y-1 rounded-md border border-line bg-sunken p-4 font-mono text-xs sm:text-sm">
        {codes.map((code) => (
          <li key={code} className="break-all">
            {code}
          </li>
        ))}
      </ol>
      <div className="flex flex-wrap items-center gap-3">
        <Button
          ref={copyRef}
          onClick={async () => setFeedback((await copyText(text, "lines")) ? "copied" : "notCopied")}
        >
          {t("copyCodes")}
        </Button>
        <a
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(`${text}\n`)}`}
          download={FILE_NAME}
          className={buttonStyles()}
        >
          {t("downloadCodes")}
        </a>
        <p aria-live="polite" className="text-sm text-ink-muted">
          {feedback === undefined ? "" : t(feedback)}
        </p>
      </div>
      <StoredConfirmation
        shown={shown}
        isStored={isStored}
        onStoredChange={setIsStored}
        words={{ stored: t("codesStored"), notStored: t("codesNotStored"), closeAndLose: t("codesClose") }}
        lastWord={t("codesLast")}
        buttons={(button) => <DialogButtons>{button}</DialogButtons>}
      />
    </AlertDialog>
  );
}
