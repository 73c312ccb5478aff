"use client";

import { type ReactNode, type SubmitEvent, useId, useRef, useState } from "react";
import { Button } from "./button";
import { AlertDialog, AlertDialogCancel, DialogButtons, type DialogProps } from "./dialog";
import { inputStyles } from "./input-styles";

/** For what affects many, a question that cannot be answered by habit: by typing what it is about. */
export type TypedAnswer = {
  /** What has to be typed, exactly as it is shown. */
  phrase: string;
  fieldLabel: ReactNode;
  /** What is said when something else was typed. */
  mismatch: string;
};

type ConfirmDialogProps = Pick<DialogProps, "isOpen" | "title" | "description" | "returnFocus"> & {
  onAnswer(isConfirmed: boolean): void;
  typed?: TypedAnswer | undefined;
  confirmLabel: string;
  cancelLabel: string;
};

/** Asks before a destructive action. Its buttons say what they do; the harmless one, or the field, has the focus. */
export function ConfirmDialog({ onAnswer, typed, confirmLabel, cancelLabel, ...dialog }: ConfirmDialogProps) {
  const id = useId();
  const fieldRef = useRef<HTMLInputElement>(null);
  const [isMismatch, setIsMismatch] = useState(false);

  function answer(isConfirmed: boolean) {
    setIsMismatch(false);
    onAnswer(isConfirmed);
  }

  function submit(event: SubmitEvent) {
    event.preventDefault();
    // React passes the events of a portal on to the form around it in the tree.
    event.stopPropagation();
    if (typed === undefined || fieldRef.current?.value.trim() === typed.phrase) return answer(true);
    setIsMismatch(true);
    fieldRef.current?.focus();
  }

  return (
    <AlertDialog {...dialog} onOpenChange={() => answer(false)} initialFocus={typed && fieldRef}>
      <form onSubmit={submit} noValidate className="space-y-5">
        {typed !== undefined && (
          <div className="space-y-1.5">
            <label htmlFor={id} className="block text-sm">
              {typed.fieldLabel}
            </label>
            <input
              ref={fieldRef}
              id={id}
              type="text"
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              aria-invalid={isMismatch || undefined}
              aria-describedby={`${id}-error`}
              className={inputStyles}
            />
            <p id={`${id}-error`} aria-live="polite" className="text-sm font-medium text-danger">
              {isMismatch ? typed.mismatch : ""}
            </p>
          </div>
        )}
        <DialogButtons>
          <AlertDialogCancel>{cancelLabel}</AlertDialogCancel>
          <Button type="submit" variant="danger">
            {confirmLabel}
          </Button>
        </DialogButtons>
      </form>
    </AlertDialog>
  );
}
