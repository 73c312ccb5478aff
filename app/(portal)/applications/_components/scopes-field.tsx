"use client";

import { useTranslations } from "next-intl";
import { useFormContext } from "react-hook-form";
import { FieldErrors } from "@/components/form/form-field";
import type { CreateApplicationInput } from "@/lib/applications/application.schema";
import { SCOPES } from "@/lib/applications/scopes";

type ScopesFieldProps = { id: string; errors: string[] };

/** What the application may ask for. Nothing is ticked to begin with. */
export function ScopesField({ id, errors }: ScopesFieldProps) {
  const t = useTranslations("applicationForm");
  const tScopes = useTranslations("scopes");
  const { register } = useFormContext<CreateApplicationInput>();
  const errorId = `${id}-error`;
  return (
    <fieldset className="space-y-3" aria-describedby={errors.length > 0 ? errorId : undefined}>
      <legend className="font-semibold">{t("scopes")}</legend>
      <p className="text-sm text-ink-muted">{t("scopesHint")}</p>
      <div className="grid gap-2 sm:grid-cols-2">
        {SCOPES.map((scope, index) => (
          <label
            key={scope}
            className="flex items-start gap-3 rounded-md border border-line px-3 py-2.5 hover:bg-sunken has-checked:border-accent has-checked:bg-accent-soft"
          >
            <input
              type="checkbox"
              id={index === 0 ? id : undefined}
              value={scope}
              className="mt-0.5 size-5 shrink-0 accent-accent"
              {...register("scopes")}
            />
            <span>
              <code className="block font-mono text-sm font-medium">{scope}</code>{" "}
              <span className="text-sm text-ink-muted">{tScopes(scope)}</span>
            </span>
          </label>
        ))}
      </div>
      <FieldErrors id={errorId} errors={errors} />
    </fieldset>
  );
}
