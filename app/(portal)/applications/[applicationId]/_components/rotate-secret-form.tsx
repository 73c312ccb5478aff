"use client";

import { useTranslations } from "next-intl";
import { useWatch } from "react-hook-form";
import { FieldErrors } from "@/components/form/form-field";
import { useActionForm } from "@/components/form/use-action-form";
import { useFieldErrors } from "@/components/form/use-field-errors";
import type { IssuedCredentials } from "@/lib/applications/application.types";
import {
  REVOCATION_DEFAULT,
  type RotationInput,
  type RotationValues,
  rotationSchema,
} from "@/lib/applications/secrets/application-secret.schema";
import { rotateSecretAction } from "../secrets/actions";
import { DialogForm } from "./dialog-form";
import { NewSecretFields } from "./new-secret-fields";
import { RevocationField } from "./revocation-field";

/** A live secret that is not scheduled for revocation. */
export type ReplaceableSecret = { id: string; hint: string; label: string | null };

type RotateSecretFormProps = {
  applicationId: string;
  secrets: ReplaceableSecret[];
  onDone(credentials: IssuedCredentials): void;
  onCancel(): void;
};

const FIELDS = ["secretIds", "revocation", "revocationAt", "label", "expiresAt"] as const;

/** Which secrets the new one replaces, all of them unless somebody says otherwise, and when those are revoked. */
export function RotateSecretForm({ applicationId, secrets, onDone, onCancel }: RotateSecretFormProps) {
  const t = useTranslations("secretForms");
  const { form, submit, isBusy, failure } = useActionForm<RotationInput, RotationValues, IssuedCredentials>({
    schema: rotationSchema,
    defaultValues: {
      secretIds: secrets.map(({ id }) => id),
      revocation: REVOCATION_DEFAULT,
      revocationAt: "",
      label: "",
      expiresAt: "",
    },
    action: (values) => rotateSecretAction({ applicationId, ...values }),
    onSuccess: onDone,
  });
  const [revocation, revocationAt, secretIds] = useWatch({
    control: form.control,
    name: ["revocation", "revocationAt", "secretIds"],
  });
  const labels = {
    secretIds: t("replaces"),
    revocation: t("revokeOld"),
    revocationAt: t("revocationAt"),
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
      )}
      <NewSecretFields label={field("label")} expiresAt={field("expiresAt")} />
    </DialogForm>
  );
}
