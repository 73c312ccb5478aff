import { SearchX, Video } from "lucide-react";
import Link from "next/link";
import { getNow, getTranslations } from "next-intl/server";
import { TablePagination } from "@/components/data-table/table-pagination";
import { EmptyState } from "@/components/layout/empty-state";
import { buttonStyles } from "@/components/ui/button";
import { listRoomsForStaff } from "@/lib/rooms/staff/list-rooms-for-staff";
import { type FindRoomsParams, roomList } from "@/lib/rooms/staff/staff-room.schema";
import { routes } from "@/lib/routes";
import { RoomsTable } from "./rooms-table";

const { change, isFiltered, sortLinks, toQuery, withoutFilters } = roomList;

type RoomListProps = { params: FindRoomsParams; hiddenColumns: readonly string[] };

/** What was found: a page of rooms, or why there is none and what to do about it. */
export async function RoomList({ params, hiddenColumns }: RoomListProps) {
  const [{ rows, ...result }, now, t] = await Promise.all([
    listRoomsForStaff(params),
    getNow(),
    getTranslations("rooms"),
  ]);
  if (result.rowCount === 0 && !isFiltered(params)) {
    return <EmptyState icon={<Video />} title={t("emptyTitle")} text={t("emptyText")} />;
  }
  if (result.rowCount === 0) {
    return (
      <EmptyState icon={<SearchX />} title={t("noMatchTitle")} text={t("noMatchText")}>
        <Link href={routes.rooms.list(toQuery(withoutFilters(params)))} className={buttonStyles()}>
          {t("clear")}
        </Link>
      </EmptyState>
    );
  }
  return (
    <div className="space-y-4">
      <p role="status" className="text-sm text-ink-muted">
        {result.hasMoreRows ? t("countMore", { count: result.rowCount }) : t("count", { count: result.rowCount })}
      </p>
      <RoomsTable
        rows={rows.map((row) => ({ ...row, shownAt: now }))}
        sorting={sortLinks(params, routes.rooms.list)}
        hiddenColumns={hiddenColumns}
      />
      <TablePagination
        result={result}
        perPage={params.perPage}
        linkTo={(page) => routes.rooms.list(toQuery(change(params, { page })))}
      />
    </div>
  );
}
