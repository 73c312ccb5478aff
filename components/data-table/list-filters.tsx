"use client";

import { ChevronDown } from "lucide-react";
import { useId } from "react";
import { inputStyles } from "@/components/ui/input-styles";
import { cn } from "@/lib/cn";
import { LIST_FORM } from "./list-form";
import { useListControl } from "./use-list-control";

type SelectFilterProps = {
  name: string;
  label: string;
  /** What the address says. */
  value: string;
  /** The first one stands for no filter, and has the value "". */
  options: readonly { value: string; label: string }[];
  /** Where the label is not shown, it is still the accessible name. */
  isLabelShown?: boolean;
};

/** A choice of one, applied at once. */
export function SelectFilter({ name, label, value, options, isLabelShown = true }: SelectFilterProps) {
  const id = useId();
  const ref = useListControl<HTMLSelectElement>(value);
  return (
    <div className="flex min-w-0 items-center gap-2">
      <label htmlFor={id} className={cn("text-sm whitespace-nowrap text-ink-muted", !isLabelShown && "sr-only")}>
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
            "min-h-10 appearance-none bg-surface py-1.5 pr-9 text-sm read-only:bg-surface",
            value !== "" && "font-medium",
          )}
          onChange={(event) => event.currentTarget.form?.requestSubmit()}
        >
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
  /** For one of several boxes with the same name. */
  value?: string;
};

/** A filter that is on or off, applied at once. */
export function CheckboxFilter({ name, label, isTicked, value = "1" }: CheckboxFilterProps) {
  const ref = useListControl<HTMLInputElement>(isTicked);
  return (
    <label className="flex min-h-9 cursor-pointer items-center gap-2.5 rounded px-1 text-sm hover:bg-sunken">
      <input
        ref={ref}
        type="checkbox"
        name={name}
        value={value}
        form={LIST_FORM}
        defaultChecked={isTicked}
        className="size-4 shrink-0"
        onChange={(event) => event.currentTarget.form?.requestSubmit()}
      />
      {label}
    </label>
  );
}
