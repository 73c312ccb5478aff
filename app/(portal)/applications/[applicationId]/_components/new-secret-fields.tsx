"use client";

import { useTranslations } from "next-intl";
import type { UseFormRegisterReturn } from "react-hook-form";
import { FormField } from "@/components/form/form-field";
import { inputStyles } from "@/components/ui/input-styles";

type Field = { id: string; errors: string[]; control: UseFormRegisterReturn };

/** What may be said about a new secret, and need not: what it is called and when it expires. */
export function NewSecretFields({ label, expiresAt }: { label: Field; expiresAt: Field }) {
  const t = useTranslations("secretForms");
  return (
    <>
      <FormField id={label.id} label={t("label")} hint={t("labelHint")} errors={label.errors}>
        {(control) => <input {...control} {...label.control} type="text" autoComplete="off" className={inputStyles} />}
      </FormField>
      <FormField id={expiresAt.id} label={t("expiresAt")} hint={t("expiresAtHint")} errors={expiresAt.errors}>
        {(control) => <input {...control} {...expiresAt.control} type="datetime-local" className={inputStyles} />}
      </FormField>
    </>
  );
}
