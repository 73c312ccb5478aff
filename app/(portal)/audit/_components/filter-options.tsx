import { useTranslations } from "next-intl";
import { AUDIT_ACTIONS } from "@/lib/audit/audit-event";
import { AUDIT_GROUPS } from "@/lib/audit/log/audit-log.schema";
import type { AuditFilterParties } from "@/lib/audit/log/find-audit-parties";

/** Who can have acted. */
export function ActorOptions({ parties: { staff, applications } }: { parties: AuditFilterParties }) {
  const t = useTranslations("audit");
  const tParties = useTranslations("auditParties");
  return (
    <>
      <option value="">{t("anybody")}</option>
      <option value="staff">{t("anyStaff")}</option>
      <option value="application">{t("anyApplication")}</option>
      <option value="pick_up_link">{t("anyPickUpLink")}</option>
      <option value="system">{t("thePortal")}</option>
      {staff.length > 0 && (
        <optgroup label={t("staffMembers")}>
          {staff.map(({ id, name }) => (
            <option key={id} value={`staff:${id}`}>
              {name ?? tParties("staff_member")}
            </option>
          ))}
        </optgroup>
      )}
      {applications.length > 0 && (
        <optgroup label={t("applications")}>
          {applications.map(({ id, name }) => (
            <option key={id} value={`application:${id}`}>
              {name ?? tParties("application")}
            </option>
          ))}
        </optgroup>
      )}
    </>
  );
}

/** Every action, under the part of the product it belongs to. */
export function ActionOptions() {
  const t = useTranslations("audit");
  const tGroups = useTranslations("auditGroups");
  const tActions = useTranslations("auditActions");
  return (
    <>
      <option value="">{t("anything")}</option>
      {AUDIT_GROUPS.map((group) => {
        const groupName = tGroups(group);
        const wholeGroup = t("wholeGroup", { group: groupName });
        return (
          <optgroup key={group} label={groupName}>
            <option value={group}>{wholeGroup}</option>
            {AUDIT_ACTIONS.filter((action) => action.startsWith(`${group}.`)).map((action) => (
              <option key={action} value={action}>
                {tActions(action)}
              </option>
            ))}
          </optgroup>
        );
      })}
    </>
  );
}
