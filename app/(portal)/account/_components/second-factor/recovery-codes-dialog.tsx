"use client";

import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { Button, buttonStyles } from "@/components/ui/button";
import { copyText } from "@/components/ui/clipboard";
import { AlertDialog, DialogButtons } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import { useShownOnce } from "@/components/ui/use-shown-once";

const FILE_NAME = "vestibule-recovery-codes.txt";

/**
 * Shows recovery codes for the only time there is. It closes once somebody has said that they are stored; without that
 * it asks, and closes when its button is pressed again.
 */
export function RecoveryCodesDialog({ codes, onClose }: { codes: string[]; onClose(): void }) {
  const t = useTranslations("secondFactor");
  const [isKept, setIsKept] = useState(false);
  const [feedback, setFeedback] = useState<"copied" | "notCopied">();
  const { warning, dismiss, close } = useShownOnce(isKept, onClose);
  const copyRef = useRef<HTMLButtonElement>(null);
  const text = codes.join("\n");
  return (
    <AlertDialog
      isOpen
      onOpenChange={dismiss}
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
      <label className="flex items-center gap-3 text-sm">
        <input
          type="checkbox"
          className="size-5 shrink-0 accent-accent"
          checked={isKept}
          onChange={(event) => setIsKept(event.target.checked)}
        />
        {t("codesKept")}
      </label>
      {warning !== "none" && (
        <Notice key={warning} tone="warning" role="alert">
          {warning === "unkept" ? t("codesNotKept") : t("codesLast")}
        </Notice>
      )}
      <DialogButtons>
        <Button
          variant={warning === "last press" ? "danger" : "primary"}
          // The second half of a double click is no second decision.
          onClick={(event) => event.detail > 1 || close()}
        >
          {t("codesDone")}
        </Button>
      </DialogButtons>
    </AlertDialog>
  );
}
