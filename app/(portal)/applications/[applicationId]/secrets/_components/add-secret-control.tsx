"use client";

import { useTranslations } from "next-intl";
import { useActionForm } from "@/components/form/use-action-form";
import { useFieldErrors } from "@/components/form/use-field-errors";
import type { IssuedCredentials } from "@/lib/applications/application.types";
import {
  type NewSecretInput,
  type NewSecretValues,
  newSecretSchema,
} from "@/lib/applications/secrets/application-secret.schema";
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
  const { form, submit, isBusy, failure } = useActionForm<NewSecretInput, NewSecretValues, IssuedCredentials>({
    schema: newSecretSchema,
    defaultValues: { label: "", expiresAt: "" },
    action: (values) => addSecretAction({ applicationId, ...values }),
    onSuccess: onDone,
  });
  const labels = { label: t("label"), expiresAt: t("expiresAt") };
  const { fieldId, errorsOf } = useFieldErrors(form, "new-secret", ["label", "expiresAt"], labels);
  const field = (name: "label" | "expiresAt") => ({
    id: fieldId(name),
    errors: errorsOf(name),
    control: form.register(name),
  });
  return (
    <DialogForm submit={submit} isBusy={isBusy} failure={failure} submitLabel={t("add")} onCancel={onCancel}>
      <NewSecretFields label={field("label")} expiresAt={field("expiresAt")} />
    </DialogForm>
  );
}
