"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import type { UseFormRegisterReturn } from "react-hook-form";
import { FieldErrors, FormField } from "@/components/form/form-field";
import { inputStyles } from "@/components/ui/input-styles";
import { SECRET_END_OPTIONS, type SecretEnd, toUtcMoment } from "@/lib/applications/secrets/application-secret.schema";

type SecretEndFieldProps = {
  id: string;
  momentId: string;
  legend: string;
  /** What is chosen now, and the moment as typed. */
  ends: SecretEnd;
  endsAt: string;
  radio: UseFormRegisterReturn;
  moment: UseFormRegisterReturn;
  errors: string[];
  momentErrors: string[];
};

/** When a secret ends: one of a few, or a moment in UTC. Says which moment that is. Lives in dialogs, never in a page. */
export function SecretEndField({ id, momentId, legend, ends, endsAt, radio, moment, ...rest }: SecretEndFieldProps) {
  const t = useTranslations("secretForms");
  const tEnds = useTranslations("secretEnds");
  const format = useFormatter();
  // The dialog is opened by a click, so a clock may be read: the server never renders this.
  const [openedAt] = useState(() => new Date());
  const end = endOf(ends, endsAt, openedAt);
  const errorId = `${id}-error`;

  return (
    <fieldset className="min-w-0 space-y-3" aria-describedby={rest.errors.length > 0 ? errorId : undefined}>
      <legend className="font-semibold">{legend}</legend>
      <div className="grid gap-x-4 gap-y-2 sm:grid-cols-2">
        {SECRET_END_OPTIONS.map(({ value, label }, index) => (
          <label key={value} className="flex min-h-8 items-center gap-3">
            <input
              {...radio}
              type="radio"
              id={index === 0 ? id : undefined}
              value={value}
              className="size-5 shrink-0 accent-accent"
            />
            {tEnds(label)}
          </label>
        ))}
      </div>
      {ends === "date" && (
        <FormField id={momentId} label={t("endsAt")} errors={rest.momentErrors}>
          {(control) => <input {...control} {...moment} type="datetime-local" className={inputStyles} />}
        </FormField>
      )}
      <p role="status" className="text-sm text-ink-muted">
        {end === undefined ? "" : t("endsMoment", { end: format.dateTime(end, "moment") })}
      </p>
      <FieldErrors id={errorId} errors={rest.errors} />
    </fieldset>
  );
}

function endOf(ends: SecretEnd, endsAt: string, now: Date): Date | undefined {
  if (ends === "now") return undefined;
  const afterSeconds = SECRET_END_OPTIONS.find(({ value }) => value === ends)?.afterSeconds ?? null;
  return afterSeconds === null ? toUtcMoment(endsAt) : new Date(now.getTime() + afterSeconds * 1_000);
}
