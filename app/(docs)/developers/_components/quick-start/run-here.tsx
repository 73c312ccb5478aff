"use client";

import { ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { useErrorText } from "@/components/form/use-error-text";
import { Notice } from "@/components/ui/notice";
import { useLoadedPart } from "@/components/ui/use-loaded-part";

/** Offers to make the two calls of the quick start from this page. What does it is loaded when somebody looks. */
export function RunHere({ clientId, email }: { clientId: string; email: string }) {
  const t = useTranslations("runHere");
  const errorText = useErrorText();
  const { part, failure, load } = useLoadedPart(() => import("./run-here-form"));
  return (
    <details className="group border-t border-line pt-4" onToggle={(event) => event.currentTarget.open && load()}>
      <summary className="flex min-h-10 cursor-pointer list-none items-center gap-2 rounded text-sm font-semibold">
        <ChevronRight aria-hidden="true" className="size-4 transition-transform group-open:rotate-90" />
        {t("title")}
      </summary>
      <div className="space-y-4 pt-2">
        {failure !== undefined && <Notice tone="danger">{errorText(failure.reason)}</Notice>}
        {part !== undefined && <part.RunHereForm clientId={clientId} email={email} />}
      </div>
    </details>
  );
}
