"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useWatch } from "react-hook-form";
import { MomentField } from "@/components/form/moment-field";
import { useActionForm } from "@/components/form/use-action-form";
import { useFormFields } from "@/components/form/use-form-fields";
import { REVOCATION_DEFAULT } from "@/lib/applications/secrets/application-secret.schema";
import { DialogForm } from "../../_components/dialog-form";
import { NameConfirmation } from "../../_components/name-confirmation";
import { RevocationField } from "../../_components/revocation-field";
import { revokeSecretAction } from "../actions";
import type { ManagedSecret } from "./managed-secret.types";

export type SecretFormProps = {
  secret: ManagedSecret;
  preview: ReactNode;
  onDone(announcement: string): void;
  onCancel(): void;
};

/** Asks when to revoke a secret. The last live one is revoked only once the application's name was typed. */
export function RevokeSecretForm({ secret, preview, onDone, onCancel }: SecretFormProps) {
  const t = useTranslations("secretForms");
  const { applicationId, applicationName, id: secretId, isLast } = secret;
  const state = useActionForm({
    schema: () =>
      import("@/lib/applications/secrets/application-secret.schema").then((shared) => shared.revocationSchema),
    defaultValues: {
      revocation: secret.state === "scheduled" ? "now" : REVOCATION_DEFAULT,
      revocationAt: "",
      confirmation: "",
    },
    action: (values) => revokeSecretAction({ applicationId, secretId, ...values }),
    said: null,
    onSuccess: (_done, form) =>
      onDone(form.getValues("revocation") === "now" ? t("revokedStatus") : t("scheduledStatus")),
  });
  const chosen = useWatch({ control: state.form.control, name: ["revocation", "revocationAt"] });
  const { fieldOf, momentOf } = useFormFields(state.form, "revoke", {
    revocation: t("when"),
    revocationAt: t("revocationAt"),
    confirmation: t("confirmation"),
  });
  const confirmation = fieldOf("confirmation");

  return (
    <DialogForm state={state} submitLabel={t("revoke")} isDangerous onCancel={onCancel}>
      {preview}
      <RevocationField
        time={fieldOf("revocation")}
        moment={<MomentField {...momentOf("revocationAt")} />}
        chosen={chosen}
      />
      {/* Also when it turns out to be the last one only at the moment that was chosen. */}
      {(isLast || confirmation.errors.length > 0) && (
        <NameConfirmation {...confirmation} applicationName={applicationName} />
      )}
    </DialogForm>
  );
}
