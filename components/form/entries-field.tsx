"use client";

import type { ControllerRenderProps, FieldPathByValue, FieldValues } from "react-hook-form";
import { TextAreaField } from "./form-field";
import { splitEntries } from "./list-entries";
import type { FieldText } from "./use-form-fields";

type EntriesFieldProps<Values extends FieldValues> = FieldText & {
  hint: string;
  rows: number;
  /** What was typed, which the form does not keep: it has the entries. */
  text: string;
  onTextChange(text: string): void;
  field: ControllerRenderProps<Values, FieldPathByValue<Values, string[]>>;
};

/** A field for a list that is typed as text. */
export function EntriesField<Values extends FieldValues>({
  text,
  onTextChange,
  field,
  ...props
}: EntriesFieldProps<Values>) {
  return (
    <TextAreaField
      {...props}
      ref={field.ref}
      value={text}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      className="font-mono text-sm"
      onBlur={field.onBlur}
      onChange={(event) => {
        onTextChange(event.target.value);
        field.onChange(splitEntries(event.target.value));
      }}
    />
  );
}
