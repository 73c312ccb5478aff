"use client";

import { useTranslations } from "next-intl";
import type { ComponentProps, ReactNode } from "react";
import { TextField } from "@/components/form/form-field";

type NewSecretFieldsProps = { label: ComponentProps<typeof TextField>; expiresAt(hint: string): ReactNode };

/** What may be said about a new secret, and need not: what it is called and when it expires. */
export function NewSecretFields({ label, expiresAt }: NewSecretFieldsProps) {
  const t = useTranslations("secretForms");
  return (
    <>
      <TextField {...label} hint={t("labelHint")} autoComplete="off" />
      {expiresAt(t("expiresAtHint"))}
    </>
  );
}
