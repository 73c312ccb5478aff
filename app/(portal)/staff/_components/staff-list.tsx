import { getNow, getTranslations } from "next-intl/server";
import { ListResult } from "@/components/data-table/list-result";
import { routes } from "@/lib/routes";
import { listStaff } from "@/lib/staff/listing/list-staff";
import { type ListStaffParams, staffList } from "@/lib/staff/staff.schema";
import { StaffTable } from "./staff-table";

/** A page of members, or why there is none. The list is never empty by itself: whoever looks at it is in it. */
export async function StaffList({ params }: { params: ListStaffParams }) {
  const [now, t] = await Promise.all([getNow(), getTranslations("staff")]);
  const { rows, ...result } = await listStaff(params, now);
  return (
    <ListResult
      list={staffList}
      params={params}
      address={routes.staff.list}
      result={result}
      count={t("count", { count: result.rowCount })}
      noMatch={{ title: t("noMatchTitle"), text: t("noMatchText"), clear: t("clearSearch") }}
    >
      <StaffTable
        rows={rows.map((row) => ({ ...row, shownAt: now }))}
        sorting={staffList.sortLinks(params, routes.staff.list)}
      />
    </ListResult>
  );
}
