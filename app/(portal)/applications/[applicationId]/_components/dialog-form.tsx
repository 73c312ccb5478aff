"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { SubmitFailure } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import type { SubmittedForm } from "@/components/form/use-action-form";
import { Button } from "@/components/ui/button";
import { DialogButtons } from "@/components/ui/dialog";

type DialogFormProps = {
  state: SubmittedForm;
  submitLabel: string;
  isDangerous?: boolean;
  onCancel(): void;
  /** Another way to send it, between the way back and the way on. */
  otherWay?: ReactNode;
  children: ReactNode;
};

/** A form inside a dialog: the fields, what failed as a whole, the way back and the way on. */
export function DialogForm({ state, submitLabel, isDangerous, onCancel, otherWay, children }: DialogFormProps) {
  const t = useTranslations("form");
  return (
    <form onSubmit={state.submit} onFocus={state.prepare} noValidate className="space-y-5">
      {children}
      <SubmitFailure state={state} />
      <DialogButtons>
        <Button onClick={onCancel}>{t("cancel")}</Button>
        {otherWay}
        <SubmitButton isBusy={state.isBusy} variant={isDangerous ? "danger" : "primary"}>
          {submitLabel}
        </SubmitButton>
      </DialogButtons>
    </form>
  );
}
