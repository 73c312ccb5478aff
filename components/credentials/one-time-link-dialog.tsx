"use client";

import { type ReactNode, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { CopyField } from "@/components/ui/copy-field";
import { AlertDialog, DialogButtons, type DialogProps } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import { useShownOnce } from "@/components/ui/use-shown-once";

type OneTimeLinkDialogProps = Pick<DialogProps, "returnFocus"> & {
  url: string;
  title: string;
  description: ReactNode;
  words: {
    link: string;
    copy: string;
    /** Said when it is about to close and the link was not copied: what that means, and what the next press does. */
    notCopied: string;
    notCopiedLast: string;
    done: string;
  };
  onClose(): void;
};

/**
 * Shows a one-time link for the only time there is. It closes once the link was copied; without that it says what that
 * means and closes when `Done` itself is pressed again.
 */
export function OneTimeLinkDialog({ url, words, onClose, ...dialog }: OneTimeLinkDialogProps) {
  const [isCopied, setIsCopied] = useState(false);
  const { warning, dismiss, close } = useShownOnce(isCopied, onClose);
  const copyRef = useRef<HTMLButtonElement>(null);
  return (
    <AlertDialog isOpen onOpenChange={dismiss} className="max-w-2xl" initialFocus={copyRef} {...dialog}>
      <CopyField
        label={words.link}
        value={url}
        copyLabel={words.copy}
        onCopied={() => setIsCopied(true)}
        buttonRef={copyRef}
      />
      {warning !== "none" && (
        <Notice key={warning} tone="warning" role="alert">
          {warning === "unkept" ? words.notCopied : words.notCopiedLast}
        </Notice>
      )}
      <DialogButtons>
        <Button variant="primary" onClick={close}>
          {words.done}
        </Button>
      </DialogButtons>
    </AlertDialog>
  );
}
