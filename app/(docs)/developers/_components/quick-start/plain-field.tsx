"use client";

import { useId, useState } from "react";
import { inputStyles } from "@/components/ui/input-styles";
import { useIsHydrated } from "@/components/ui/use-is-hydrated";

type PlainFieldProps = {
  label: string;
  hint: string | undefined;
  /** What is said of a text that cannot stand in a program. */
  unusable: string;
  /** What the program has now. */
  value: string;
  inputMode?: "email";
  isUsable(text: string): boolean;
  onChange(text: string): void;
};

/** A field whose text stands in a program as it is typed. One that cannot is kept here and goes nowhere. */
export function PlainField({ label, hint, unusable, value, inputMode, isUsable, onChange }: PlainFieldProps) {
  const id = useId();
  const isHydrated = useIsHydrated();
  const [typed, setTyped] = useState<string>();
  const text = typed ?? value;
  const isRefused = !isUsable(text.trim());
  const said = isRefused ? unusable : hint;
  return (
    <div className="min-w-0 space-y-1.5">
      <label htmlFor={id} className="block text-sm font-semibold">
        {label}
      </label>
      <input
        id={id}
        value={text}
        disabled={!isHydrated}
        inputMode={inputMode}
        maxLength={254}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        aria-invalid={isRefused || undefined}
        aria-describedby={said === undefined ? undefined : `${id}-said`}
        onChange={(event) => {
          setTyped(event.target.value);
          if (isUsable(event.target.value.trim())) onChange(event.target.value.trim());
        }}
        // An empty field goes back to what the program has.
        onBlur={() => {
          if (!isRefused) setTyped(undefined);
        }}
        className={inputStyles}
      />
      {said !== undefined && (
        <p
          id={`${id}-said`}
          aria-live="polite"
          className={isRefused ? "text-sm text-danger" : "text-sm text-ink-muted"}
        >
          {said}
        </p>
      )}
    </div>
  );
}
