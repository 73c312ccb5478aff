"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useWatch } from "react-hook-form";
import { useActionForm } from "@/components/form/use-action-form";
import { useFieldErrors } from "@/components/form/use-field-errors";
import {
  SECRET_END_DEFAULT,
  type SecretEnd,
  type SecretEndInput,
  type SecretEndValues,
  secretEndSchema,
} from "@/lib/applications/secrets/application-secret.schema";
import { DialogForm } from "../../_components/dialog-form";
import { NameConfirmation } from "../../_components/name-confirmation";
import { SecretEndField } from "../../_components/secret-end-field";
import { endSecretAction } from "../actions";
import type { ManagedSecret } from "./managed-secret.types";

type SecretFormProps = {
  secret: ManagedSecret;
  preview: ReactNode;
  onDone(announcement: string): void;
  onCancel(): void;
};

/** Asks when a secret ends. The last live one ends only once the application's name was typed. */
export function EndSecretForm({ secret, preview, onDone, onCancel }: SecretFormProps) {
  const t = useTranslations("secretForms");
  const { applicationId, applicationName, id: secretId, isLast, state } = secret;
  const initial: SecretEnd = state === "ending" ? "now" : SECRET_END_DEFAULT;
  const { form, submit, isBusy, failure } = useActionForm<SecretEndInput, SecretEndValues, void>({
    schema: secretEndSchema,
    defaultValues: { ends: initial, endsAt: "", confirmation: "" },
    action: (values) => endSecretAction({ applicationId, secretId, ...values }),
    onSuccess: () => onDone(form.getValues("ends") === "now" ? t("endedStatus") : t("scheduledStatus")),
  });
  const [ends, endsAt] = useWatch({ control: form.control, name: ["ends", "endsAt"] });
  const labels = { ends: t("secretEnds"), endsAt: t("endsAt"), confirmation: t("confirmation") };
  const { fieldId, errorsOf } = useFieldErrors(form, "end", ["ends", "endsAt", "confirmation"], labels);
  const confirmationErrors = errorsOf("confirmation");

  return (
    <DialogForm
      submit={submit}
      isBusy={isBusy}
      failure={failure}
      submitLabel={t("end")}
      isDangerous
      onCancel={onCancel}
    >
      {preview}
      <SecretEndField
        id={fieldId("ends")}
        momentId={fieldId("endsAt")}
        legend={labels.ends}
        ends={ends}
        endsAt={endsAt}
        radio={form.register("ends")}
        moment={form.register("endsAt")}
        errors={errorsOf("ends")}
        momentErrors={errorsOf("endsAt")}
      />
      {/* Also when it turns out to be the last one only at the moment that was chosen. */}
      {(isLast || confirmationErrors.length > 0) && (
        <NameConfirmation
          id={fieldId("confirmation")}
          name={applicationName}
          errors={confirmationErrors}
          field={form.register("confirmation")}
        />
      )}
    </DialogForm>
  );
}
