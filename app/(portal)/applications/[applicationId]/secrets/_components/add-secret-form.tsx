"use client";

import { useTranslations } from "next-intl";
import { MomentField } from "@/components/form/moment-field";
import { useActionForm } from "@/components/form/use-action-form";
import { useFormFields } from "@/components/form/use-form-fields";
import type { IssuedCredentials } from "@/lib/applications/application.types";
import { newSecretSchema } from "@/lib/applications/secrets/application-secret.schema";
import { DialogForm } from "../../_components/dialog-form";
import { NewSecretFields } from "../../_components/new-secret-fields";
import { addSecretAction } from "../actions";

type AddSecretFormProps = { applicationId: string; onDone(credentials: IssuedCredentials): void; onCancel(): void };

/** What may be said about a secret that is added beside the others. */
export function AddSecretForm({ applicationId, onDone, onCancel }: AddSecretFormProps) {
  const t = useTranslations("secretForms");
  const state = useActionForm({
    schema: newSecretSchema,
    defaultValues: { label: "", expiresAt: "" },
    action: (values) => addSecretAction({ applicationId, ...values }),
    said: null,
    onSuccess: onDone,
  });
  const { fieldOf, momentOf } = useFormFields(state.form, "new-secret", {
    label: t("label"),
    expiresAt: t("expiresAt"),
  });
  return (
    <DialogForm state={state} submitLabel={t("add")} onCancel={onCancel}>
      <NewSecretFields
        label={fieldOf("label")}
        expiresAt={(hint) => <MomentField {...momentOf("expiresAt")} hint={hint} />}
      />
    </DialogForm>
  );
}
