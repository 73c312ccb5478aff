"use client";

import { useTranslations } from "next-intl";
import { DataTable } from "@/components/data-table/data-table";
import type { SortLinks } from "@/lib/list/list-params";
import { type ApplicationRow, applicationsColumns } from "./applications-columns";

type ApplicationsTableProps = { rows: ApplicationRow[]; sorting: SortLinks; hiddenColumns: readonly string[] };

/** One page of the list. */
export function ApplicationsTable(props: ApplicationsTableProps) {
  const t = useTranslations("applications");
  return <DataTable caption={t("title")} columns={applicationsColumns} getRowId={(row) => row.id} {...props} />;
}
