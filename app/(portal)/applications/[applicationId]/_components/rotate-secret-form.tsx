"use client";

import { useTranslations } from "next-intl";
import { useWatch } from "react-hook-form";
import { FieldErrors } from "@/components/form/form-field";
import { useActionForm } from "@/components/form/use-action-form";
import { useFieldErrors } from "@/components/form/use-field-errors";
import type { IssuedCredentials } from "@/lib/applications/application.types";
import {
  type RotationInput,
  type RotationValues,
  rotationSchema,
  SECRET_END_DEFAULT,
} from "@/lib/applications/secrets/application-secret.schema";
import { rotateSecretAction } from "../secrets/actions";
import { DialogForm } from "./dialog-form";
import { NewSecretFields } from "./new-secret-fields";
import { SecretEndField } from "./secret-end-field";

/** A live secret that has no end yet. */
export type ReplaceableSecret = { id: string; hint: string; label: string | null };

type RotateSecretFormProps = {
  applicationId: string;
  secrets: ReplaceableSecret[];
  onDone(credentials: IssuedCredentials): void;
  onCancel(): void;
};

const FIELDS = ["secretIds", "ends", "endsAt", "label", "expiresAt"] as const;

/** Which secrets the new one replaces, all of them unless somebody says otherwise, and when those end. */
export function RotateSecretForm({ applicationId, secrets, onDone, onCancel }: RotateSecretFormProps) {
  const t = useTranslations("secretForms");
  const { form, submit, isBusy, failure } = useActionForm<RotationInput, RotationValues, IssuedCredentials>({
    schema: rotationSchema,
    defaultValues: {
      secretIds: secrets.map(({ id }) => id),
      ends: SECRET_END_DEFAULT,
      endsAt: "",
      label: "",
      expiresAt: "",
    },
    action: (values) => rotateSecretAction({ applicationId, ...values }),
    onSuccess: onDone,
  });
  const [ends, endsAt, secretIds] = useWatch({ control: form.control, name: ["ends", "endsAt", "secretIds"] });
  const labels = {
    secretIds: t("replaces"),
    ends: t("oldEnds"),
    endsAt: t("endsAt"),
    label: t("label"),
    expiresAt: t("expiresAt"),
  };
  const { fieldId, errorsOf } = useFieldErrors(form, "rotation", FIELDS, labels);
  const field = (name: "label" | "expiresAt") => ({
    id: fieldId(name),
    errors: errorsOf(name),
    control: form.register(name),
  });

  return (
    <DialogForm submit={submit} isBusy={isBusy} failure={failure} submitLabel={t("rotate")} onCancel={onCancel}>
      {secrets.length === 0 && <p>{t("replacesNone")}</p>}
      {secrets.length === 1 && <p className="text-sm">{t("replacesOne", { hint: secrets[0]?.hint ?? "" })}</p>}
      {secrets.length > 1 && (
        <fieldset className="space-y-2">
          <legend className="font-semibold">{labels.secretIds}</legend>
          {secrets.map(({ id, hint, label }, index) => (
            <label key={id} className="flex min-h-8 items-center gap-3">
              <input
                {...form.register("secretIds")}
                type="checkbox"
                id={index === 0 ? fieldId("secretIds") : undefined}
                value={id}
                className="size-5 shrink-0 accent-accent"
              />
              <span className="min-w-0 break-words">
                <code className="font-mono text-sm">{t("hint", { hint })}</code> {label}
              </span>
            </label>
          ))}
          <FieldErrors id={`${fieldId("secretIds")}-error`} errors={errorsOf("secretIds")} />
        </fieldset>
      )}
      {secretIds.length > 0 && (
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
      )}
      <NewSecretFields label={field("label")} expiresAt={field("expiresAt")} />
    </DialogForm>
  );
}
