"use client";

import { useTranslations } from "next-intl";
import { FormFailure } from "@/components/form/form-failure";
import { Button } from "@/components/ui/button";
import { useIsHydrated } from "@/components/ui/use-is-hydrated";
import { useLoadedPart } from "@/components/ui/use-loaded-part";
import type { AddPeopleFormProps } from "./add-people-form";
import { useSuggestion } from "./use-suggestion";

/** Opens the form that puts people on a list. It is closed at first: most applications have neither list. */
export function AddPeopleControl({ effect, ...props }: AddPeopleFormProps) {
  const t = useTranslations("delegation");
  const isHydrated = useIsHydrated();
  const { part, failure, load } = useLoadedPart(() => import("./add-people-form"));
  useSuggestion(props.suggested, () => void load());
  if (part !== undefined) return <part.AddPeopleForm effect={effect} {...props} />;
  return (
    <div className="space-y-3">
      <Button id={`delegation-${effect}-open`} disabled={!isHydrated} onClick={load}>
        {t(`lists.${effect}.open`)}
      </Button>
      {failure !== undefined && <FormFailure error={failure} />}
    </div>
  );
}
