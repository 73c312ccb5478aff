"use client";

import { useTranslations } from "next-intl";
import { DataTable } from "@/components/data-table/data-table";
import type { SortLinks } from "@/lib/list/list-params";
import { type RoomRow, roomsColumns } from "./rooms-columns";

type RoomsTableProps = { rows: RoomRow[]; sorting: SortLinks; hiddenColumns: readonly string[] };

/** One page of the list. */
export function RoomsTable(props: RoomsTableProps) {
  const t = useTranslations("rooms");
  return <DataTable caption={t("title")} columns={roomsColumns} getRowId={(row) => row.id} {...props} />;
}
