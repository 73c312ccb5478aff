"use client";

import type { ComponentProps, ReactNode } from "react";
import { AlertDialog, AlertDialogButtons, AlertDialogCancel } from "./alert-dialog";
import { Button } from "./button";

type ConfirmDialogProps = {
  isOpen: boolean;
  onAnswer(isConfirmed: boolean): void;
  title: string;
  description: ReactNode;
  confirmLabel: string;
  cancelLabel: string;
} & Pick<ComponentProps<typeof AlertDialog>, "onCloseAutoFocus">;

/** Asks before a destructive action. Its buttons say what they do; the harmless one has the focus. */
export function ConfirmDialog({ onAnswer, confirmLabel, cancelLabel, ...dialog }: ConfirmDialogProps) {
  return (
    <AlertDialog {...dialog} onOpenChange={() => onAnswer(false)}>
      <AlertDialogButtons>
        <AlertDialogCancel>
          <Button>{cancelLabel}</Button>
        </AlertDialogCancel>
        <Button variant="danger" onClick={() => onAnswer(true)}>
          {confirmLabel}
        </Button>
      </AlertDialogButtons>
    </AlertDialog>
  );
}
