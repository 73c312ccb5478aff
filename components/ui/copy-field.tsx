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
};

/**
 * A text to take along: read-only, selected when focused, with a button that copies it and says whether that worked.
 */
export function CopyField({ label, value, copyLabel, onCopied, buttonRef, className }: CopyFieldProps) {
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
  return (
    <div className={cn("space-y-1.5", className)}>
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 text-sm">
        <label htmlFor={id} className="font-semibold">
          {label}
        </label>
        <p aria-live="polite" className="text-ink-muted">
          {feedback === undefined ? "" : t(feedback, { label })}
        </p>
      </div>
      <div className="flex flex-col gap-2 sm:flex-row">
        <input
          id={id}
          ref={fieldRef}
          value={value}
          readOnly
          autoComplete="off"
          spellCheck={false}
          className={cn(inputStyles, "min-w-0 flex-1 font-mono text-sm")}
          onFocus={(event) => event.currentTarget.select()}
          onCopy={onCopied}
        />
        <Button ref={buttonRef} onClick={copy} disabled={!isHydrated}>
          <Icon aria-hidden="true" />
          {copyLabel}
        </Button>
      </div>
    </div>
  );
}
