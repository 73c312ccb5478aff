import { useTranslations } from "next-intl";
import { TableSkeleton } from "@/components/data-table/table-skeleton";
import { ROOM_COLUMNS } from "./room-columns";

/** What stands where the list will be. */
export function RoomsSkeleton({ hiddenColumns }: { hiddenColumns: readonly string[] }) {
  const t = useTranslations("rooms");
  const shown = ROOM_COLUMNS.filter((column) => !hiddenColumns.includes(column));
  return <TableSkeleton caption={t("loading")} headers={shown.map((column) => t(`columns.${column}`))} />;
}
