"use client";

import { useTranslations } from "next-intl";
import type { UseFormRegisterReturn } from "react-hook-form";
import { FormField } from "@/components/form/form-field";
import { inputStyles } from "@/components/ui/input-styles";

type NameConfirmationProps = { id: string; name: string; errors: string[]; field: UseFormRegisterReturn };

/** Asks for the application's name, typed, before what cannot be undone. */
export function NameConfirmation({ id, name, errors, field }: NameConfirmationProps) {
  const t = useTranslations("secretForms");
  return (
    <FormField id={id} label={t("confirmation")} hint={t("confirmationHint", { name })} errors={errors}>
      {(control) => (
        <input
          {...control}
          {...field}
          type="text"
          required
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          className={inputStyles}
        />
      )}
    </FormField>
  );
}
