"use client";

import { useTranslations } from "next-intl";
import { useActionForm } from "@/components/form/use-action-form";
import { useFormFields } from "@/components/form/use-form-fields";
import { DialogForm } from "../../_components/dialog-form";
import { NameConfirmation } from "../../_components/name-confirmation";
import { markSecretCompromisedAction } from "../actions";
import type { SecretFormProps } from "./revoke-secret-form";

/** Marks a secret that somebody else may have as compromised: revoked now and for good. */
export function MarkCompromisedForm({ secret, preview, onDone, onCancel }: SecretFormProps) {
  const t = useTranslations("secretForms");
  const { applicationId, applicationName, id: secretId, isLast } = secret;
  const state = useActionForm({
    schema: () =>
      import("@/lib/applications/secrets/application-secret.schema").then((shared) => shared.confirmationSchema),
    defaultValues: { confirmation: "" },
    action: (values) => markSecretCompromisedAction({ applicationId, secretId, ...values }),
    said: null,
    onSuccess: () => onDone(t("markedStatus")),
  });
  const { fieldOf } = useFormFields(state.form, "mark-compromised", { confirmation: t("confirmation") });
  const confirmation = fieldOf("confirmation");
  return (
    <DialogForm state={state} submitLabel={t("markCompromised")} isDangerous onCancel={onCancel}>
      {preview}
      {(isLast || confirmation.errors.length > 0) && (
        <NameConfirmation {...confirmation} applicationName={applicationName} />
      )}
    </DialogForm>
  );
}
