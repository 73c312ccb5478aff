"use client";

import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { copyText } from "@/components/ui/clipboard";
import { useIsHydrated } from "@/components/ui/use-is-hydrated";

type CopyReportProps = { report: string; words: { copy: string; copied: string; refused: string; show: string } };

/** The report for the clipboard, and to read or copy by hand. */
export function CopyReport({ report, words }: CopyReportProps) {
  const [outcome, setOutcome] = useState<{ report: string; isCopied: boolean }>();
  const isHydrated = useIsHydrated();
  // Whatever was copied before is another report by now.
  const shown = outcome?.report === report ? outcome : undefined;
  const Icon = shown?.isCopied ? Check : Copy;
  return (
    <div className="space-y-3">
      <div className="flex flex-wrap items-center gap-3">
        <Button
          onClick={async () => setOutcome({ report, isCopied: await copyText(report, "lines") })}
          disabled={!isHydrated}
        >
          <Icon aria-hidden="true" />
          {words.copy}
        </Button>
        <p aria-live="polite" className="text-sm text-ink-muted">
          {shown === undefined ? "" : shown.isCopied ? words.copied : words.refused}
        </p>
      </div>
      <details>
        <summary className="min-h-8 w-fit cursor-pointer text-sm font-medium underline">{words.show}</summary>
        <pre className="mt-2 rounded-md border border-line bg-sunken p-4 font-mono text-xs whitespace-pre-wrap wrap-anywhere">
          {report}
        </pre>
      </details>
    </div>
  );
}
