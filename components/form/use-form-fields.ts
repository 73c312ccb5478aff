"use client";

import { useTranslations } from "next-intl";
import type { Control, FieldPath, FieldValues, UseFormRegisterReturn, UseFormReturn } from "react-hook-form";
import type { SummarisedError } from "./error-summary";
import { type ListErrors, toEntryErrors } from "./list-entries";
import { useErrorText } from "./use-error-text";

/** What a field is called, and what is wrong with it. */
export type FieldText = { id: string; label: string; errors: string[] };

type FormFields<Input extends FieldValues, Output, Field extends FieldPath<Input>> = {
  textOf(field: Field): FieldText;
  /** The same for a field that the form registers: all that a `TextField` needs. */
  fieldOf(field: Field): FieldText & UseFormRegisterReturn;
  /** The same for a `MomentField`. */
  momentOf(field: Field): FieldText & { name: Field; control: Control<Input, unknown, Output> };
  summary: SummarisedError[];
};

/**
 * Ties the fields of a form to their labels, given in the order of the page, and tells what is wrong with each in the
 * page's language: one reason for a field or a whole list, or one for each entry of a list.
 */
export function useFormFields<Input extends FieldValues, Output, Field extends FieldPath<Input>>(
  form: UseFormReturn<Input, unknown, Output>,
  prefix: string,
  labels: Record<Field, string>,
): FormFields<Input, Output, Field> {
  const t = useTranslations("form");
  const errorText = useErrorText();
  // Read here, so that the form knows somebody watches its errors.
  const { errors } = form.formState;

  function errorsOf(field: Field): string[] {
    const value: unknown = form.getValues(field);
    const wrong: ListErrors | undefined = Reflect.get<object, string>(errors, field);
    return toEntryErrors(Array.isArray(value) ? value : [], wrong).map(({ entry, reason }) =>
      entry === undefined ? errorText(reason) : t("entryError", { entry, error: errorText(reason) }),
    );
  }

  const textOf = (field: Field) => ({ id: `${prefix}-${field}`, label: labels[field], errors: errorsOf(field) });
  const summary = (Object.keys(labels) as Field[])
    .map(textOf)
    .flatMap((field) => field.errors.map((text) => ({ fieldId: field.id, label: field.label, text })));
  return {
    textOf,
    fieldOf: (field) => ({ ...textOf(field), ...form.register(field) }),
    momentOf: (field) => ({ ...textOf(field), name: field, control: form.control }),
    summary,
  };
}
