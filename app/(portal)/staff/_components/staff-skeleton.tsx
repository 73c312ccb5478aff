import { useTranslations } from "next-intl";
import { TableSkeleton } from "@/components/data-table/table-skeleton";
import { STAFF_COLUMNS } from "./staff-columns";

/** What stands where the list will be. */
export function StaffSkeleton() {
  const t = useTranslations("staff");
  return <TableSkeleton caption={t("loading")} headers={STAFF_COLUMNS.map((column) => t(`columns.${column}`))} />;
}
