"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { FormFailure } from "@/components/form/form-failure";
import { Button } from "@/components/ui/button";
import { useIsHydrated } from "@/components/ui/use-is-hydrated";
import { useLoadedPart } from "@/components/ui/use-loaded-part";
import type { DomainsEditorProps } from "./domains-editor";
import { useSuggestion } from "./use-suggestion";

/**
 * The list of domains, and the button that opens it for changes: it is read more often than changed. A link that
 * suggests a domain opens it at once.
 */
export function ChangeDomainsControl({ children, ...props }: DomainsEditorProps & { children: ReactNode }) {
  const t = useTranslations("delegation");
  const isHydrated = useIsHydrated();
  const { part, failure, load } = useLoadedPart(() => import("./domains-editor"));
  useSuggestion(props.suggested, () => void load());
  if (part !== undefined) return <part.DomainsEditor {...props} />;
  return (
    <div className="space-y-5">
      {children}
      <Button disabled={!isHydrated} onClick={load}>
        {t("changeDomains")}
      </Button>
      {failure !== undefined && <FormFailure error={failure} />}
    </div>
  );
}
