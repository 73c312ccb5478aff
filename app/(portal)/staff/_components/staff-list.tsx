import { SearchX } from "lucide-react";
import Link from "next/link";
import { getNow, getTranslations } from "next-intl/server";
import { TablePagination } from "@/components/data-table/table-pagination";
import { EmptyState } from "@/components/layout/empty-state";
import { buttonStyles } from "@/components/ui/button";
import { routes } from "@/lib/routes";
import { listStaff } from "@/lib/staff/list-staff";
import { type ListStaffParams, staffList } from "@/lib/staff/staff.schema";
import { StaffTable } from "./staff-table";

const { change, sortLinks, toQuery, withoutFilters } = staffList;

/** A page of members, or why there is none. The list is never empty by itself: whoever looks at it is in it. */
export async function StaffList({ params }: { params: ListStaffParams }) {
  const [now, t] = await Promise.all([getNow(), getTranslations("staff")]);
  const { rows, ...result } = await listStaff(params, now);
  if (result.rowCount === 0) {
    return (
      <EmptyState icon={<SearchX />} title={t("noMatchTitle")} text={t("noMatchText")}>
        <Link href={routes.staff.list(toQuery(withoutFilters(params)))} className={buttonStyles()}>
          {t("clearSearch")}
        </Link>
      </EmptyState>
    );
  }
  return (
    <div className="space-y-4">
      <p role="status" className="text-sm text-ink-muted">
        {t("count", { count: result.rowCount })}
      </p>
      <StaffTable rows={rows.map((row) => ({ ...row, shownAt: now }))} sorting={sortLinks(params, routes.staff.list)} />
      <TablePagination
        result={result}
        perPage={params.perPage}
        linkTo={(page) => routes.staff.list(toQuery(change(params, { page })))}
      />
    </div>
  );
}
