import { useTranslations } from "next-intl";
import { AUDIT_ACTIONS } from "@/lib/audit/audit-event";
import { AUDIT_GROUPS } from "@/lib/audit/log/audit-log.schema";

/** Every action in words, behind the part of the product it belongs to, which can be chosen as a whole. */
export function useActionOptions(): { value: string; label: string }[] {
  const t = useTranslations("audit");
  const tGroups = useTranslations("auditGroups");
  const tActions = useTranslations("auditActions");
  return AUDIT_GROUPS.flatMap((group) => [
    { value: group, label: t("wholeGroup", { group: tGroups(group) }) },
    ...AUDIT_ACTIONS.filter((action) => action.startsWith(`${group}.`)).map((action) => ({
      value: action,
      label: tActions(action),
    })),
  ]);
}
