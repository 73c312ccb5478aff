"use client";

import { Check, Copy } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId, useRef, useState } from "react";
import { Button } from "./button";
import { copyFromField } from "./clipboard";
import { useIsHydrated } from "./use-is-hydrated";

type CodeBlockProps = { label: string; code: string };

/**
 * Code to read and to take along: scrolls in its own frame, by keyboard as well, and is copied whole with its button.
 */
export function CodeBlock({ label, code }: CodeBlockProps) {
  const t = useTranslations("codeBlock");
  const id = useId();
  const isHydrated = useIsHydrated();
  const [feedback, setFeedback] = useState<"copied" | "refused">();
  const fieldRef = useRef<HTMLTextAreaElement>(null);
  const Icon = feedback === "copied" ? Check : Copy;

  async function copy() {
    if (fieldRef.current !== null) setFeedback((await copyFromField(fieldRef.current)) ? "copied" : "refused");
  }

  return (
    <figure aria-labelledby={id} className="overflow-hidden rounded-md border border-line bg-sunken">
      <div className="flex flex-wrap items-center justify-between gap-2 border-b border-line py-1.5 pr-1.5 pl-4">
        <figcaption id={id} className="text-sm font-medium text-ink-muted">
          {label}
        </figcaption>
        <div className="flex items-center gap-3">
          <p aria-live="polite" className="text-sm text-ink-muted">
            {feedback === undefined ? "" : t(feedback)}
          </p>
          <Button variant="ghost" onClick={copy} disabled={!isHydrated} aria-label={t("copy", { label })}>
            <Icon aria-hidden="true" />
          </Button>
        </div>
      </div>
      <textarea ref={fieldRef} value={code} readOnly tabIndex={-1} aria-hidden="true" className="sr-only" />
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1)
        tabIndex={0}
        className="max-h-96 overflow-auto p-4 font-mono text-sm leading-relaxed"
      >
        <code>{code}</code>
      </pre>
    </figure>
  );
}
