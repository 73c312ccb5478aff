"use client";

import { useTimeZone, useTranslations } from "next-intl";
import type { ComponentProps } from "react";
import { type Control, type FieldPath, type FieldPathValue, type FieldValues, useController } from "react-hook-form";
import { DEFAULT_TIME_ZONE } from "@/lib/time";
import { localIn, momentIn } from "@/lib/time-zone";
import { TextField } from "./form-field";
import type { FieldText } from "./use-form-fields";

type MomentFieldProps<Input extends FieldValues, Output> = FieldText &
  Pick<ComponentProps<typeof TextField>, "hint"> & {
    control: Control<Input, unknown, Output>;
    name: FieldPath<Input>;
  };

/**
 * A field for a moment: written in the reader's time zone, which its label names, and held by the form in UTC, as
 * `2026-11-24T07:05`; empty is no moment.
 */
export function MomentField<Input extends FieldValues, Output>({
  control,
  name,
  label,
  ...text
}: MomentFieldProps<Input, Output>) {
  const t = useTranslations("form");
  const zone = useTimeZone() ?? DEFAULT_TIME_ZONE;
  const { field } = useController({ control, name });
  return (
    <TextField
      {...text}
      label={t("inZone", { label, zone })}
      type="datetime-local"
      name={field.name}
      ref={field.ref}
      onBlur={field.onBlur}
      value={toLocal(field.value, zone)}
      onChange={(event) => field.onChange(toUtc(event.currentTarget.value, zone) as FieldPathValue<Input, typeof name>)}
    />
  );
}

function toUtc(local: string, zone: string): string {
  const moment = momentIn(zone, local);
  // What a browser lets through, and is no moment, the form refuses in words.
  return Number.isNaN(moment.getTime()) ? local : localIn(DEFAULT_TIME_ZONE, moment);
}

function toLocal(utc: string, zone: string): string {
  const moment = momentIn(DEFAULT_TIME_ZONE, utc);
  return Number.isNaN(moment.getTime()) ? utc : localIn(zone, moment);
}
