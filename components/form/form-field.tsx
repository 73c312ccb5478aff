import type { ComponentProps, ReactNode } from "react";
import { inputStyles } from "@/components/ui/input-styles";
import { cn } from "@/lib/cn";

type FieldControlProps = { id: string; "aria-describedby": string | undefined; "aria-invalid": true | undefined };

type FormFieldProps = {
  id: string;
  label: string;
  hint?: string | undefined;
  /** What is wrong, one entry for each thing. */
  errors?: string[] | undefined;
  children(control: FieldControlProps): ReactNode;
};

/** A label, what helps to fill the field in, what is wrong with it, and the field, tied together for everybody. */
export function FormField({ id, label, hint, errors = [], children }: FormFieldProps) {
  const hintId = `${id}-hint`;
  const errorId = `${id}-error`;
  const described = [hint !== undefined && hintId, errors.length > 0 && errorId].filter(Boolean).join(" ");
  return (
    <div className="space-y-1.5">
      <label htmlFor={id} className="block font-semibold">
        {label}
      </label>
      {hint !== undefined && (
        <p id={hintId} className="text-sm break-words text-ink-muted">
          {hint}
        </p>
      )}
      {children({
        id,
        "aria-describedby": described === "" ? undefined : described,
        "aria-invalid": errors.length > 0 || undefined,
      })}
      <FieldErrors id={errorId} errors={errors} />
    </div>
  );
}

type TextFieldProps = Omit<FormFieldProps, "children"> & Omit<ComponentProps<"input">, "id" | "className">;

/** A field for one line of text. */
export function TextField({ id, label, hint, errors, type = "text", ...input }: TextFieldProps) {
  return (
    <FormField id={id} label={label} hint={hint} errors={errors}>
      {(control) => <input {...control} {...input} type={type} className={inputStyles} />}
    </FormField>
  );
}

/** A field for a password. Pasting works and password managers know what is meant. */
export function PasswordField({ isNew = false, ...field }: TextFieldProps & { isNew?: boolean }) {
  const autoComplete = isNew ? "new-password" : "current-password";
  return <TextField {...field} type="password" autoComplete={autoComplete} required maxLength={256} />;
}

type TextAreaFieldProps = Omit<FormFieldProps, "children"> & Omit<ComponentProps<"textarea">, "id" | "children">;

/** A field for several lines. */
export function TextAreaField({ id, label, hint, errors, className, ...textarea }: TextAreaFieldProps) {
  return (
    <FormField id={id} label={label} hint={hint} errors={errors}>
      {(control) => <textarea {...control} {...textarea} className={cn(inputStyles, className)} />}
    </FormField>
  );
}

/** What is wrong with a field or a group of them. */
export function FieldErrors({ id, errors }: { id: string; errors: string[] }) {
  if (errors.length === 0) return null;
  return (
    <ul id={id} className="space-y-1 text-sm font-medium text-danger">
      {errors.map((error) => (
        <li key={error}>{error}</li>
      ))}
    </ul>
  );
}
