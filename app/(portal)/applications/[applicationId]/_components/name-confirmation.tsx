"use client";

import { useTranslations } from "next-intl";
import type { ComponentProps } from "react";
import { TextField } from "@/components/form/form-field";

type NameConfirmationProps = ComponentProps<typeof TextField> & { applicationName: string };

/** Asks for the application's name, typed, before what cannot be undone. */
export function NameConfirmation({ applicationName, ...field }: NameConfirmationProps) {
  const t = useTranslations("secretForms");
  return (
    <TextField
      {...field}
      hint={t("confirmationHint", { name: applicationName })}
      required
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
    />
  );
}
