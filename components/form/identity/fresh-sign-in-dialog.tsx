"use client";

import { useTranslations } from "next-intl";
import { type SubmitEvent, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { AlertDialog, AlertDialogCancel, DialogButtons, type DialogProps } from "@/components/ui/dialog";
import type { ActionError, ActionResult } from "@/lib/actions/action-result";
import { FormFailure } from "../form-failure";
import { PasswordField, TextField } from "../form-field";
import { SubmitButton } from "../submit-button";
import { answerWithPasskey } from "./ask-passkey";
import type { AskedFactors } from "./asked-factors";
import { sendProof } from "./send-proof";

type FreshSignInDialogProps = {
  email: string;
  factors: AskedFactors;
  onAnswer(isConfirmed: boolean): void;
} & Pick<DialogProps, "returnFocus">;

/**
 * Asks for the password once more, with a code where the member has a second factor, or for a passkey. What is typed
 * stands in its field only, never in state, and the fields are empty as soon as it was sent, whatever the answer.
 */
export function FreshSignInDialog({ email, factors, onAnswer, returnFocus }: FreshSignInDialogProps) {
  const t = useTranslations("freshSignIn");
  const [failure, setFailure] = useState<ActionError>();
  const [busy, setBusy] = useState<"passkey" | "password">();
  const passwordRef = useRef<HTMLInputElement>(null);
  const codeRef = useRef<HTMLInputElement>(null);
  const passkeyRef = useRef<HTMLButtonElement>(null);
  const { askPasskey, isCodeAsked } = factors;

  async function prove(way: "passkey" | "password", send: () => Promise<ActionResult<null>>) {
    if (busy !== undefined) return;
    setFailure(undefined);
    setBusy(way);
    const result = await send();
    setBusy(undefined);
    if (result.ok) return onAnswer(true);
    setFailure(result.error);
    (way === "passkey" ? passkeyRef : passwordRef).current?.focus();
  }

  async function submit(event: SubmitEvent) {
    event.preventDefault();
    // React passes the events of a portal on to the form around it in the tree.
    event.stopPropagation();
    const field = passwordRef.current;
    if (busy !== undefined || field === null) return;
    const [password, code] = [field.value, codeRef.current?.value];
    field.value = "";
    if (codeRef.current !== null) codeRef.current.value = "";
    await prove("password", () => sendProof(code === undefined ? { password } : { password, code }));
  }

  return (
    <AlertDialog
      isOpen
      onOpenChange={() => onAnswer(false)}
      title={t("title")}
      description={t(isCodeAsked ? "textSecond" : "text", { email })}
      initialFocus={askPasskey === undefined ? passwordRef : passkeyRef}
      returnFocus={returnFocus}
    >
      <form onSubmit={submit} noValidate className="space-y-5">
        {failure !== undefined && (
          <FormFailure error={failure} text={isWrongProof(failure, factors) ? t("refused") : undefined} leavesFocus />
        )}
        {askPasskey !== undefined && (
          <>
            <Button
              ref={passkeyRef}
              variant="primary"
              aria-disabled={busy === "passkey" || undefined}
              className="w-full"
              onClick={() =>
                void prove("passkey", () =>
                  answerWithPasskey(
                    () => askPasskey({}),
                    (passkey) => sendProof({ passkey }),
                  ),
                )
              }
            >
              {t("passkey")}
            </Button>
            <p className="flex items-center gap-3 text-sm text-ink-muted before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
              {t("orPassword")}
            </p>
          </>
        )}
        {/* For password managers: it tells them whose password is meant. */}
        <input type="email" name="email" autoComplete="username" value={email} readOnly hidden />
        <PasswordField id="fresh-sign-in-password" label={t("password")} ref={passwordRef} name="password" />
        {isCodeAsked && (
          <TextField
            id="fresh-sign-in-code"
            label={t("code")}
            ref={codeRef}
            name="code"
            autoComplete="one-time-code"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={64}
            required
          />
        )}
        <DialogButtons>
          <AlertDialogCancel>{t("cancel")}</AlertDialogCancel>
          <SubmitButton isBusy={busy === "password"} variant={askPasskey === undefined ? "primary" : "secondary"}>
            {t("confirm")}
          </SubmitButton>
        </DialogButtons>
      </form>
    </AlertDialog>
  );
}

/** Whether something was wrong of which the password is only a part: which part it was is not told. */
function isWrongProof({ reason }: ActionError, { askPasskey, isCodeAsked }: AskedFactors): boolean {
  return reason === "reauthentication_failed" && (isCodeAsked || askPasskey !== undefined);
}
