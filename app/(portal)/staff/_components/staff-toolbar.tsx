import { useTranslations } from "next-intl";
import { SelectFilter } from "@/components/data-table/list-filters";
import { ListForm } from "@/components/data-table/list-form";
import { ListSearch } from "@/components/data-table/list-search";
import { STAFF_ROLES } from "@/lib/permissions";
import { routes } from "@/lib/routes";
import { type ListStaffParams, STAFF_STATUS_FILTERS, staffList } from "@/lib/staff/staff.schema";

/** Search and filters of the list. */
export function StaffToolbar({ params }: { params: ListStaffParams }) {
  const t = useTranslations("staff");
  return (
    <ListForm address={routes.staff.list(staffList.toQuery(params))}>
      <div className="flex flex-wrap gap-3">
        <ListSearch q={params.q} label={t("search")} placeholder={t("searchHint")} />
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
      </div>
    </ListForm>
  );
}
