"use client";

import type { UseFormRegisterReturn } from "react-hook-form";
import { FieldErrors } from "@/components/form/form-field";
import type { FieldText } from "@/components/form/use-form-fields";
import { cn } from "@/lib/cn";

type ChoicesFieldProps = FieldText &
  UseFormRegisterReturn & {
    hint: string;
    choices: readonly { value: string; text: string }[];
    className?: string;
  };

/** Several of a few: the name that protocols use, and what it means. */
export function ChoicesField({ id, label, errors, hint, choices, className, ...field }: ChoicesFieldProps) {
  const hintId = `${id}-hint`;
  const errorId = `${id}-error`;
  return (
    <fieldset className="min-w-0 space-y-3" aria-describedby={errors.length > 0 ? `${hintId} ${errorId}` : hintId}>
      <legend className="font-semibold">{label}</legend>
      <p id={hintId} className="text-sm text-ink-muted">
        {hint}
      </p>
      <div className={cn("grid gap-2", className)}>
        {choices.map(({ value, text }, index) => (
          <label
            key={value}
            className="flex items-start gap-3 rounded-md border border-line px-3 py-2.5 hover:bg-sunken has-checked:border-accent has-checked:bg-accent-soft"
          >
            <input
              type="checkbox"
              id={index === 0 ? id : undefined}
              value={value}
              className="mt-0.5 size-5 shrink-0 accent-accent"
              {...field}
            />
            <span className="min-w-0">
              <code className="block font-mono text-sm font-medium wrap-anywhere">{value}</code>{" "}
              <span className="text-sm text-ink-muted">{text}</span>
            </span>
          </label>
        ))}
      </div>
      <FieldErrors id={errorId} errors={errors} />
    </fieldset>
  );
}
