"use client";

import { useTranslations } from "next-intl";
import { type SubmitEvent, useRef, useState } from "react";
import { AlertDialog, AlertDialogCancel, DialogButtons, type DialogProps } from "@/components/ui/dialog";
import type { ActionError } from "@/lib/actions/action-result";
import { FormFailure } from "../form-failure";
import { PasswordField } from "../form-field";
import { SubmitButton } from "../submit-button";
import { sendPassword } from "./send-password";

type FreshSignInDialogProps = { email: string; onAnswer(isConfirmed: boolean): void } & Pick<
  DialogProps,
  "returnFocus"
>;

/**
 * Asks for the password once more. It stands in its field only, never in state, and the field is empty as soon as it
 * was sent, whatever the answer.
 */
export function FreshSignInDialog({ email, onAnswer, returnFocus }: FreshSignInDialogProps) {
  const t = useTranslations("freshSignIn");
  const [failure, setFailure] = useState<ActionError>();
  const [isBusy, setIsBusy] = useState(false);
  const passwordRef = useRef<HTMLInputElement>(null);

  async function submit(event: SubmitEvent) {
    event.preventDefault();
    // React passes the events of a portal on to the form around it in the tree.
    event.stopPropagation();
    const field = passwordRef.current;
    if (isBusy || field === null) return;
    const password = field.value;
    field.value = "";
    setFailure(undefined);
    setIsBusy(true);
    const result = await sendPassword(password);
    setIsBusy(false);
    if (result.ok) return onAnswer(true);
    setFailure(result.error);
    field.focus();
  }

  return (
    <AlertDialog
      isOpen
      onOpenChange={() => onAnswer(false)}
      title={t("title")}
      description={t("text", { email })}
      initialFocus={passwordRef}
      returnFocus={returnFocus}
    >
      <form onSubmit={submit} noValidate className="space-y-5">
        {failure !== undefined && <FormFailure error={failure} leavesFocus />}
        {/* For password managers: it tells them whose password is meant. */}
        <input type="email" name="email" autoComplete="username" value={email} readOnly hidden />
        <PasswordField id="fresh-sign-in-password" label={t("password")} ref={passwordRef} name="password" />
        <DialogButtons>
          <AlertDialogCancel>{t("cancel")}</AlertDialogCancel>
          <SubmitButton isBusy={isBusy}>{t("confirm")}</SubmitButton>
        </DialogButtons>
      </form>
    </AlertDialog>
  );
}
