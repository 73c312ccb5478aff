"use client";

import { ChevronDown } from "lucide-react";
import { type ComponentProps, useId } from "react";
import { inputStyles } from "@/components/ui/input-styles";
import { cn } from "@/lib/cn";
import { LIST_FORM } from "./list-form";
import { useListControl, useTypedControl } from "./use-list-control";

type SelectFilterProps = {
  name: string;
  label: string;
  /** What the address says. */
  value: string;
  /** What no filter is called, where there may be none. */
  any?: string;
  options: readonly { value: string; label: string }[];
};

/** A choice of one, applied at once. */
export function SelectFilter({ name, label, value, any, options }: SelectFilterProps) {
  const id = useId();
  const ref = useListControl<HTMLSelectElement>(value);
  return (
    <div className="flex min-w-0 items-center gap-2">
      <label htmlFor={id} className="text-sm whitespace-nowrap text-ink-muted">
        {label}
      </label>
      <div className="relative min-w-0">
        <select
          ref={ref}
          id={id}
          name={name}
          form={LIST_FORM}
          defaultValue={value}
          className={cn(
            inputStyles,
            "min-h-10 appearance-none bg-surface py-1.5 pr-9 text-sm",
            value !== "" && "font-medium",
          )}
          onChange={(event) => event.currentTarget.form?.requestSubmit()}
        >
          {any !== undefined && <option value="">{any}</option>}
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
        <ChevronDown aria-hidden="true" className="pointer-events-none absolute top-3 right-3 size-4 text-ink-muted" />
      </div>
    </div>
  );
}

type CheckboxFilterProps = {
  name: string;
  label: string;
  isTicked: boolean;
};

/** A filter that is on or off, applied at once. */
export function CheckboxFilter({ name, label, isTicked }: CheckboxFilterProps) {
  const ref = useListControl<HTMLInputElement>(isTicked);
  return (
    <label className="flex min-h-9 cursor-pointer items-center gap-2.5 rounded px-1 text-sm hover:bg-sunken">
      <input
        ref={ref}
        type="checkbox"
        name={name}
        value="1"
        form={LIST_FORM}
        defaultChecked={isTicked}
        className="size-4 shrink-0"
        onChange={(event) => event.currentTarget.form?.requestSubmit()}
      />
      {label}
    </label>
  );
}

/** Longer than between two digits of a year, or two letters: each of them makes a date, or an address, on the way. */
const WHOLE_PAUSE_MS = 1_000;

type TextFilterProps = Pick<ComponentProps<"input">, "maxLength" | "placeholder" | "inputMode"> & {
  name: string;
  label: string;
  /** What the address says; for a moment, as a field for one writes it. */
  value: string;
  type?: "text" | "datetime-local";
  isCode?: boolean;
  /** Whether a part of it finds nothing: it is applied after a longer pause. */
  isWhole?: boolean;
};

/** A filter that somebody writes, applied after each pause. */
export function TextFilter({
  label,
  value,
  type = "text",
  isCode = false,
  isWhole = type !== "text",
  ...input
}: TextFilterProps) {
  const id = useId();
  const { field } = useTypedControl(value, isWhole ? WHOLE_PAUSE_MS : undefined);
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-2">
      <label htmlFor={id} className="text-sm whitespace-nowrap text-ink-muted">
        {label}
      </label>
      <input
        {...field}
        {...input}
        id={id}
        type={type}
        form={LIST_FORM}
        autoCapitalize="none"
        spellCheck={false}
        className={cn(inputStyles, "min-h-10 w-64 max-w-full bg-surface py-1.5 text-sm", isCode && "font-mono")}
      />
    </div>
  );
}
