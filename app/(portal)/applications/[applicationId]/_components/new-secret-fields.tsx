"use client";

import { useTranslations } from "next-intl";
import type { ComponentProps } from "react";
import { TextField } from "@/components/form/form-field";

type Field = ComponentProps<typeof TextField>;

/** What may be said about a new secret, and need not: what it is called and when it expires. */
export function NewSecretFields({ label, expiresAt }: { label: Field; expiresAt: Field }) {
  const t = useTranslations("secretForms");
  return (
    <>
      <TextField {...label} hint={t("labelHint")} autoComplete="off" />
      <TextField {...expiresAt} hint={t("expiresAtHint")} type="datetime-local" />
    </>
  );
}
