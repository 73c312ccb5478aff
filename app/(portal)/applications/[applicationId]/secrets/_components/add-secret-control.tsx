"use client";

import { useTranslations } from "next-intl";
import { MomentField } from "@/components/form/moment-field";
import { useActionForm } from "@/components/form/use-action-form";
import { useFormFields } from "@/components/form/use-form-fields";
import type { IssuedCredentials } from "@/lib/applications/application.types";
import { newSecretSchema } from "@/lib/applications/secrets/application-secret.schema";
import { DialogForm } from "../../_components/dialog-form";
import { NewSecretDialog } from "../../_components/new-secret-dialog";
import { NewSecretFields } from "../../_components/new-secret-fields";
import { addSecretAction } from "../actions";

/** Adds a secret beside the others, for a second place that uses the application. */
export function AddSecretControl({ applicationId }: { applicationId: string }) {
  const t = useTranslations("secretForms");
  return (
    <NewSecretDialog label={t("add")} title={t("addTitle")} description={t("addText")}>
      {(form) => <AddSecretForm applicationId={applicationId} {...form} />}
    </NewSecretDialog>
  );
}

type AddSecretFormProps = { applicationId: string; onDone(credentials: IssuedCredentials): void; onCancel(): void };

function AddSecretForm({ applicationId, onDone, onCancel }: AddSecretFormProps) {
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
