"use client";

import { useFormatter, useTimeZone, useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import type { UseFormRegisterReturn } from "react-hook-form";
import { FieldErrors } from "@/components/form/form-field";
import type { FieldText } from "@/components/form/use-form-fields";
import { sayMoment } from "@/components/ui/relative-time";
import {
  REVOCATION_OPTIONS,
  type RevocationTime,
  toUtcMoment,
} from "@/lib/applications/secrets/application-secret.schema";

type RevocationFieldProps = {
  time: FieldText & UseFormRegisterReturn;
  moment: ReactNode;
  /** What is chosen now, and the moment in UTC. */
  chosen: readonly [revocation: RevocationTime, revocationAt: string];
};

/**
 * When a secret is revoked: at one of a few times, or a moment. Says which moment that is, in UTC as well. Lives in dialogs,
 * never in a page.
 */
export function RevocationField({ time, moment, chosen: [revocation, revocationAt] }: RevocationFieldProps) {
  const t = useTranslations("secretForms");
  const tTimes = useTranslations("revocationTimes");
  const format = useFormatter();
  const zone = useTimeZone();
  // The dialog is opened by a click, so a clock may be read: the server never renders this.
  const [openedAt] = useState(() => new Date());
  const at = momentOf(revocation, revocationAt, openedAt);
  const { id, label: legend, errors, ...radio } = time;
  const errorId = `${id}-error`;

  return (
    <fieldset className="min-w-0 space-y-3" aria-describedby={errors.length > 0 ? errorId : undefined}>
      <legend className="font-semibold">{legend}</legend>
      <div className="grid grid-cols-1 gap-x-4 gap-y-2 sm:grid-cols-2">
        {REVOCATION_OPTIONS.map(({ value, label }, index) => (
          <label key={value} className="flex min-h-8 items-center gap-3">
            <input
              {...radio}
              type="radio"
              id={index === 0 ? id : undefined}
              value={value}
              className="size-5 shrink-0 accent-accent"
            />
            {tTimes(label)}
          </label>
        ))}
      </div>
      {revocation === "date" && moment}
      <p role="status" className="text-sm text-ink-muted">
        {at === undefined ? "" : t("revocationMoment", { at: sayMoment(format, zone, at) })}
      </p>
      <FieldErrors id={errorId} errors={errors} />
    </fieldset>
  );
}

function momentOf(revocation: RevocationTime, revocationAt: string, now: Date): Date | undefined {
  if (revocation === "now") return undefined;
  const afterSeconds = REVOCATION_OPTIONS.find(({ value }) => value === revocation)?.afterSeconds ?? null;
  return afterSeconds === null ? toUtcMoment(revocationAt) : new Date(now.getTime() + afterSeconds * 1_000);
}
