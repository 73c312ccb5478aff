import { useTranslations } from "next-intl";
import { SelectFilter } from "@/components/data-table/list-filters";
import { ListToolbar } from "@/components/data-table/toolbar/list-toolbar";
import { STAFF_ROLES } from "@/lib/permissions";
import { routes } from "@/lib/routes";
import { type ListStaffParams, SECOND_FACTOR_FILTERS, STAFF_STATUS_FILTERS, staffList } from "@/lib/staff/staff.schema";

/** Search and filters of the list. */
export function StaffToolbar({ params }: { params: ListStaffParams }) {
  const t = useTranslations("staff");
  return (
    <ListToolbar
      address={routes.staff.list(staffList.toQuery(params))}
      search={{ q: params.q, label: t("search"), placeholder: t("searchHint") }}
      count={staffList.countFilters(params)}
    >
      <SelectFilter
        name="role"
        label={t("columns.role")}
        value={params.role}
        any={t("anyRole")}
        options={STAFF_ROLES.map((value) => ({ value, label: t(`roles.${value}`) }))}
      />
      <SelectFilter
        name="status"
        label={t("columns.status")}
        value={params.status}
        any={t("anyStatus")}
        options={STAFF_STATUS_FILTERS.map((value) => ({ value, label: t(`statuses.${value}`) }))}
      />
      <SelectFilter
        name="secondFactor"
        label={t("columns.secondFactor")}
        value={params.secondFactor}
        any={t("anySecondFactor")}
        options={SECOND_FACTOR_FILTERS.map((value) => ({ value, label: t(`secondFactors.${value}`) }))}
      />
    </ListToolbar>
  );
}
