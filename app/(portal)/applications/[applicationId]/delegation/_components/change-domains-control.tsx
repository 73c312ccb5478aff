"use client";

import { useTranslations } from "next-intl";
import { FormFailure } from "@/components/form/form-failure";
import { Button } from "@/components/ui/button";
import { useIsHydrated } from "@/components/ui/use-is-hydrated";
import { useLoadedPart } from "@/components/ui/use-loaded-part";
import type { DomainsFormProps } from "./domains-form";

/** Opens the form that changes the domains: what is allowed is read more often than changed. */
export function ChangeDomainsControl(props: DomainsFormProps) {
  const t = useTranslations("delegation");
  const isHydrated = useIsHydrated();
  const { part, failure, load } = useLoadedPart(() => import("./domains-form"));
  if (part !== undefined) {
    // What was saved is where the form begins anew.
    return <part.DomainsForm key={props.domains.join(" ")} {...props} />;
  }
  return (
    <div className="space-y-3">
      <Button disabled={!isHydrated} onClick={load}>
        {t("changeDomains")}
      </Button>
      {failure !== undefined && <FormFailure error={failure} />}
    </div>
  );
}
