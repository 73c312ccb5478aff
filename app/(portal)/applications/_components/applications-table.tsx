"use client";

import { useTranslations } from "next-intl";
import { DataTable } from "@/components/data-table/data-table";
import { type ApplicationRow, applicationsColumns } from "./applications-columns";

/** One page of the list. */
export function ApplicationsTable({ rows }: { rows: ApplicationRow[] }) {
  const t = useTranslations("applications");
  return <DataTable caption={t("title")} columns={applicationsColumns} rows={rows} getRowId={(row) => row.id} />;
}
