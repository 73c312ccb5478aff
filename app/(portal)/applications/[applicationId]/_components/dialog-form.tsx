"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { FormFailure } from "@/components/form/form-failure";
import { SubmitButton } from "@/components/form/submit-button";
import { AlertDialogButtons } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import type { ActionError } from "@/lib/actions/action-result";

type DialogFormProps = {
  submit(event: React.FormEvent): Promise<void>;
  isBusy: boolean;
  failure: ActionError | undefined;
  submitLabel: string;
  isDangerous?: boolean;
  onCancel(): void;
  children: ReactNode;
};

/** A form inside a dialog: what failed as a whole, the fields, the way back and the way on. */
export function DialogForm({ submit, isBusy, failure, submitLabel, isDangerous, onCancel, children }: DialogFormProps) {
  const t = useTranslations("form");
  return (
    <form onSubmit={submit} noValidate className="space-y-5">
      {failure !== undefined && failure.fieldErrors === undefined && <FormFailure error={failure} />}
      {children}
      <AlertDialogButtons>
        <Button onClick={onCancel}>{t("cancel")}</Button>
        <SubmitButton isBusy={isBusy} variant={isDangerous ? "danger" : "primary"}>
          {submitLabel}
        </SubmitButton>
      </AlertDialogButtons>
    </form>
  );
}
