"use client";

import { useTranslations } from "next-intl";
import type { ComponentProps } from "react";
import { STAFF_ROLES } from "@/lib/permissions";

type RoleChoiceProps = { id: string; legend: string; input: ComponentProps<"input"> };

/** The roles, each with what it allows. */
export function RoleChoice({ id, legend, input }: RoleChoiceProps) {
  const t = useTranslations("staff");
  return (
    <fieldset id={id} className="space-y-3">
      <legend className="font-semibold">{legend}</legend>
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
    </fieldset>
  );
}
