"use client";

import { Check, Copy } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId, useRef, useState } from "react";
import { cn } from "@/lib/cn";
import { Button } from "./button";
import { copyFromField } from "./clipboard";
import { inputStyles } from "./input-styles";
import { useIsHydrated } from "./use-is-hydrated";

type CopyFieldProps = {
  label: string;
  value: string;
  copyLabel: string;
  /** Called when the value was copied, with the button or by hand. */
  onCopied?: () => void;
  buttonRef?: React.Ref<HTMLButtonElement>;
  className?: string;
  /** A field of a form, or one quiet line of text with a small button. */
  look?: "field" | "line";
};

/**
 * A text to take along: read-only, selected when focused, with a button that copies it and says whether that worked.
 */
export function CopyField({ label, value, copyLabel, onCopied, buttonRef, className, look = "field" }: CopyFieldProps) {
  const t = useTranslations("copyField");
  const id = useId();
  const fieldRef = useRef<HTMLInputElement>(null);
  const [feedback, setFeedback] = useState<"copied" | "refused">();
  const isHydrated = useIsHydrated();

  async function copy() {
    if (fieldRef.current === null) return;
    const isCopied = await copyFromField(fieldRef.current);
    setFeedback(isCopied ? "copied" : "refused");
    if (isCopied) onCopied?.();
  }

  const Icon = feedback === "copied" ? Check : Copy;
  const isLine = look === "line";
  const said = (
    <p aria-live="polite" className="text-sm text-ink-muted">
      {feedback === undefined ? "" : t(feedback, { label })}
    </p>
  );
  const input = (
    <input
      id={id}
      ref={fieldRef}
      value={value}
      readOnly
      autoComplete="off"
      spellCheck={false}
      size={isLine ? value.length : undefined}
      className={
        isLine
          ? "min-w-0 rounded bg-transparent font-mono text-sm text-ellipsis text-ink-muted"
          : cn(inputStyles, "min-w-0 flex-1 font-mono text-sm")
      }
      onFocus={(event) => event.currentTarget.select()}
      onCopy={onCopied}
    />
  );
  if (isLine) {
    return (
      <div className={cn("flex min-w-0 flex-wrap items-center gap-x-2", className)}>
        <label htmlFor={id} className="text-sm text-ink-muted">
          {label}
        </label>
        <div className="flex min-w-0 items-center gap-1">
          {input}
          <Button
            ref={buttonRef}
            variant="ghost"
            onClick={copy}
            disabled={!isHydrated}
            aria-label={copyLabel}
            title={copyLabel}
            className="min-h-8 px-2"
          >
            <Icon aria-hidden="true" />
          </Button>
        </div>
        {said}
      </div>
    );
  }
  return (
    <div className={cn("space-y-1.5", className)}>
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 text-sm">
        <label htmlFor={id} className="font-semibold">
          {label}
        </label>
        {said}
      </div>
      <div className="flex flex-col gap-2 sm:flex-row">
        {input}
        <Button ref={buttonRef} onClick={copy} disabled={!isHydrated}>
          <Icon aria-hidden="true" />
          {copyLabel}
        </Button>
      </div>
    </div>
  );
}
