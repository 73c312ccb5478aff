import { useTranslations } from "next-intl";
import { TableSkeleton } from "@/components/data-table/table-skeleton";
import { PERSON_COLUMNS } from "./person-columns";

/** What stands where the list will be. */
export function PeopleSkeleton() {
  const t = useTranslations("people");
  return <TableSkeleton caption={t("loading")} headers={PERSON_COLUMNS.map((column) => t(`columns.${column}`))} />;
}
