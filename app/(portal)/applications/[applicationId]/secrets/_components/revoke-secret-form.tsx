"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useWatch } from "react-hook-form";
import { useActionForm } from "@/components/form/use-action-form";
import { useFieldErrors } from "@/components/form/use-field-errors";
import {
  REVOCATION_DEFAULT,
  type RevocationInput,
  type RevocationTime,
  type RevocationValues,
  revocationSchema,
} from "@/lib/applications/secrets/application-secret.schema";
import { DialogForm } from "../../_components/dialog-form";
import { NameConfirmation } from "../../_components/name-confirmation";
import { RevocationField } from "../../_components/revocation-field";
import { revokeSecretAction } from "../actions";
import type { ManagedSecret } from "./managed-secret.types";

type SecretFormProps = {
  secret: ManagedSecret;
  preview: ReactNode;
  onDone(announcement: string): void;
  onCancel(): void;
};

/** Asks when to revoke a secret. The last live one is revoked only once the application's name was typed. */
export function RevokeSecretForm({ secret, preview, onDone, onCancel }: SecretFormProps) {
  const t = useTranslations("secretForms");
  const { applicationId, applicationName, id: secretId, isLast, state } = secret;
  const initial: RevocationTime = state === "scheduled" ? "now" : REVOCATION_DEFAULT;
  const { form, submit, isBusy, failure } = useActionForm<RevocationInput, RevocationValues, void>({
    schema: revocationSchema,
    defaultValues: { revocation: initial, revocationAt: "", confirmation: "" },
    action: (values) => revokeSecretAction({ applicationId, secretId, ...values }),
    onSuccess: () => onDone(form.getValues("revocation") === "now" ? t("revokedStatus") : t("scheduledStatus")),
  });
  const [revocation, revocationAt] = useWatch({ control: form.control, name: ["revocation", "revocationAt"] });
  const labels = { revocation: t("when"), revocationAt: t("revocationAt"), confirmation: t("confirmation") };
  const { fieldId, errorsOf } = useFieldErrors(form, "revoke", ["revocation", "revocationAt", "confirmation"], labels);
  const confirmationErrors = errorsOf("confirmation");

  return (
    <DialogForm
      submit={submit}
      isBusy={isBusy}
      failure={failure}
      submitLabel={t("revoke")}
      isDangerous
      onCancel={onCancel}
    >
      {preview}
      <RevocationField
        id={fieldId("revocation")}
        momentId={fieldId("revocationAt")}
        legend={labels.revocation}
        revocation={revocation}
        revocationAt={revocationAt}
        radio={form.register("revocation")}
        moment={form.register("revocationAt")}
        errors={errorsOf("revocation")}
        momentErrors={errorsOf("revocationAt")}
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
