"use client";

import { useTranslations } from "next-intl";
import { TableSkeleton } from "@/components/data-table/table-skeleton";
import { APPLICATION_COLUMNS } from "./applications-columns";

/** What stands where the list will be. */
export function ApplicationsSkeleton() {
  const t = useTranslations("applications");
  return <TableSkeleton caption={t("loading")} headers={APPLICATION_COLUMNS.map((column) => t(`columns.${column}`))} />;
}
