import { useTranslations } from "next-intl";
import { TableSkeleton } from "@/components/data-table/table-skeleton";

/** What stands where the log will be. */
export function AuditSkeleton() {
  const t = useTranslations("audit");
  return <TableSkeleton caption={t("loading")} headers={[t("columns.event"), t("columns.at"), t("columns.ip")]} />;
}
