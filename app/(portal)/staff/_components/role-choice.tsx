"use client";

import { useTranslations } from "next-intl";
import type { UseFormRegisterReturn } from "react-hook-form";
import { FieldErrors } from "@/components/form/form-field";
import type { FieldText } from "@/components/form/use-form-fields";
import { STAFF_ROLES } from "@/lib/permissions";

/** The roles, each with what it allows. */
export function RoleChoice({ id, label, errors, ...input }: FieldText & UseFormRegisterReturn) {
  const t = useTranslations("staff");
  return (
    <fieldset id={id} className="space-y-3" aria-describedby={errors.length > 0 ? `${id}-error` : undefined}>
      <legend className="font-semibold">{label}</legend>
      {STAFF_ROLES.map((role) => (
        <label key={role} className="flex items-start gap-3">
          <input
            {...input}
            type="radio"
            value={role}
            aria-describedby={`${id}-${role}`}
            className="mt-0.5 size-5 shrink-0 accent-accent"
          />
          <span className="min-w-0">
            <span className="block">{t(`roles.${role}`)}</span>
            <span id={`${id}-${role}`} className="block text-sm text-ink-muted">
              {t(`roleTexts.${role}`)}
            </span>
          </span>
        </label>
      ))}
      <FieldErrors id={`${id}-error`} errors={errors} />
    </fieldset>
  );
}
