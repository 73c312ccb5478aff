import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import type { PersonSummary } from "@/lib/people/person.types";

/** What stands between a person and the applications, in words: nothing, or each thing that does. */
export function PersonState({ person }: { person: Pick<PersonSummary, "isActive" | "isDelegationAllowed" | "staff"> }) {
  const t = useTranslations("people");
  const { isActive, isDelegationAllowed, staff } = person;
  return (
    <span className="flex flex-wrap gap-1.5">
      <Badge tone={isActive ? "success" : "neutral"}>{isActive ? t("active") : t("inactive")}</Badge>
      {!isDelegationAllowed && <Badge tone="warning">{t("delegationOff")}</Badge>}
      {staff !== null && (
        <Badge tone={staff.isImpersonationAllowed ? "warning" : "neutral"}>
          {staff.isImpersonationAllowed ? t("impersonationAllowed") : t("impersonationForbidden")}
        </Badge>
      )}
    </span>
  );
}
