import { useTranslations } from "next-intl";
import { TableSkeleton } from "@/components/data-table/table-skeleton";
import { APPLICATION_COLUMNS } from "./application-columns";

/** What stands where the list will be. */
export function ApplicationsSkeleton({ hiddenColumns }: { hiddenColumns: readonly string[] }) {
  const t = useTranslations("applications");
  const shown = APPLICATION_COLUMNS.filter((column) => !hiddenColumns.includes(column));
  return <TableSkeleton caption={t("loading")} headers={shown.map((column) => t(`columns.${column}`))} />;
}
