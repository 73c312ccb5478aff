"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useActionForm } from "@/components/form/use-action-form";
import { useFieldErrors } from "@/components/form/use-field-errors";
import {
  type ConfirmationInput,
  type ConfirmationValues,
  confirmationSchema,
} from "@/lib/applications/secrets/application-secret.schema";
import { DialogForm } from "../../_components/dialog-form";
import { NameConfirmation } from "../../_components/name-confirmation";
import { markSecretCompromisedAction } from "../actions";
import type { ManagedSecret } from "./managed-secret.types";

type MarkCompromisedFormProps = {
  secret: ManagedSecret;
  preview: ReactNode;
  onDone(announcement: string): void;
  onCancel(): void;
};

/** Marks a secret that somebody else may have as compromised: revoked now and for good. */
export function MarkCompromisedForm({ secret, preview, onDone, onCancel }: MarkCompromisedFormProps) {
  const t = useTranslations("secretForms");
  const { applicationId, applicationName, id: secretId, isLast } = secret;
  const { form, submit, isBusy, failure } = useActionForm<ConfirmationInput, ConfirmationValues, void>({
    schema: confirmationSchema,
    defaultValues: { confirmation: "" },
    action: (values) => markSecretCompromisedAction({ applicationId, secretId, ...values }),
    onSuccess: () => onDone(t("markedStatus")),
  });
  const labels = { confirmation: t("confirmation") };
  const { fieldId, errorsOf } = useFieldErrors(form, "mark-compromised", ["confirmation"], labels);
  const errors = errorsOf("confirmation");
  return (
    <DialogForm
      submit={submit}
      isBusy={isBusy}
      failure={failure}
      submitLabel={t("markCompromised")}
      isDangerous
      onCancel={onCancel}
    >
      {preview}
      {(isLast || errors.length > 0) && (
        <NameConfirmation
          id={fieldId("confirmation")}
          name={applicationName}
          errors={errors}
          field={form.register("confirmation")}
        />
      )}
    </DialogForm>
  );
}
