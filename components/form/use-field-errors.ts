"use client";

import type { FieldPath, FieldValues, UseFormReturn } from "react-hook-form";
import type { SummarisedError } from "./error-summary";
import { useErrorText } from "./use-error-text";

type FieldErrorsOf<Field extends string> = {
  fieldId(field: Field): string;
  errorsOf(field: Field): string[];
  summary: SummarisedError[];
};

/** Returns what is wrong with each field in the page's language, and all of it for the summary, in the given order. */
export function useFieldErrors<Input extends FieldValues, Output, Field extends FieldPath<Input>>(
  form: UseFormReturn<Input, unknown, Output>,
  prefix: string,
  fields: readonly Field[],
  labels: Record<Field, string>,
): FieldErrorsOf<Field> {
  const errorText = useErrorText();
  // Read here, so that the form knows somebody watches its errors.
  const { errors } = form.formState;
  const fieldId = (field: Field) => `${prefix}-${field}`;

  function errorsOf(field: Field): string[] {
    const reason = reasonOf(Reflect.get(errors, field));
    return reason === undefined ? [] : [errorText(reason)];
  }

  const summary = fields.flatMap((field) => {
    const texts = errorsOf(field);
    return texts.length === 0 ? [] : [{ fieldId: fieldId(field), label: labels[field], text: texts.join(" ") }];
  });
  return { fieldId, errorsOf, summary };
}

/** A field has one reason; a list has one of its own, or one for an entry. */
function reasonOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  if ("message" in error && typeof error.message === "string") return error.message;
  for (const entry of Object.values(error)) {
    const reason = reasonOf(entry);
    if (reason !== undefined) return reason;
  }
  return undefined;
}
