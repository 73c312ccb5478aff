"use client";

import { type ComponentProps, type ReactNode, type SubmitEvent, useId, useRef, useState } from "react";
import { AlertDialog, AlertDialogButtons, AlertDialogCancel } from "./alert-dialog";
import { Button } from "./button";
import { inputStyles } from "./input-styles";

type TypedConfirmDialogProps = {
  isOpen: boolean;
  onAnswer(isConfirmed: boolean): void;
  title: string;
  description: ReactNode;
  /** What has to be typed, exactly as it is shown. */
  phrase: string;
  fieldLabel: ReactNode;
  /** What is said when something else was typed. */
  mismatch: string;
  confirmLabel: string;
  cancelLabel: string;
} & Pick<ComponentProps<typeof AlertDialog>, "onCloseAutoFocus">;

/** Asks before a destructive action that affects many, in a way that cannot be answered by habit: by typing what it is about. */
export function TypedConfirmDialog({ isOpen, onAnswer, title, description, ...rest }: TypedConfirmDialogProps) {
  const { phrase, fieldLabel, mismatch, confirmLabel, cancelLabel, onCloseAutoFocus } = rest;
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
    if (fieldRef.current?.value.trim() === phrase) return answer(true);
    setIsMismatch(true);
    fieldRef.current?.focus();
  }

  return (
    <AlertDialog
      isOpen={isOpen}
      onOpenChange={() => answer(false)}
      title={title}
      description={description}
      onCloseAutoFocus={onCloseAutoFocus}
      onOpenAutoFocus={(event) => {
        event.preventDefault();
        fieldRef.current?.focus();
      }}
    >
      <form onSubmit={submit} noValidate className="space-y-5">
        <div className="space-y-1.5">
          <label htmlFor={id} className="block text-sm">
            {fieldLabel}
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
            {isMismatch ? mismatch : ""}
          </p>
        </div>
        <AlertDialogButtons>
          <AlertDialogCancel>
            <Button>{cancelLabel}</Button>
          </AlertDialogCancel>
          <Button type="submit" variant="danger">
            {confirmLabel}
          </Button>
        </AlertDialogButtons>
      </form>
    </AlertDialog>
  );
}
