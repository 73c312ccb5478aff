import { Video } from "lucide-react";
import { getNow, getTranslations } from "next-intl/server";
import { ListResult } from "@/components/data-table/list-result";
import { EmptyState } from "@/components/layout/empty-state";
import { config } from "@/lib/env/config";
import { roomUrl } from "@/lib/rooms/representation/join-link";
import { listRoomsForStaff } from "@/lib/rooms/staff/list-rooms-for-staff";
import { type ListRoomsForStaffParams, roomList } from "@/lib/rooms/staff/staff-room.schema";
import { routes } from "@/lib/routes";
import { RoomsTable } from "./rooms-table";

type RoomListProps = { params: ListRoomsForStaffParams; hiddenColumns: readonly string[] };

/** A page of rooms, or why there is none. */
export async function RoomList({ params, hiddenColumns }: RoomListProps) {
  const [{ rows, ...result }, now, t] = await Promise.all([
    listRoomsForStaff(params, new Date()),
    getNow(),
    getTranslations("rooms"),
  ]);
  return (
    <ListResult
      list={roomList}
      params={params}
      address={routes.rooms.list}
      result={result}
      count={result.hasMoreRows ? t("countMore", { count: result.rowCount }) : t("count", { count: result.rowCount })}
      empty={<EmptyState icon={<Video />} title={t("emptyTitle")} text={t("emptyText")} />}
      noMatch={{ title: t("noMatchTitle"), text: t("noMatchText"), clear: t("clear") }}
    >
      <RoomsTable
        rows={rows.map((row) => ({
          ...row,
          url: row.state === "deleted" ? null : roomUrl(row.slug, config()),
          shownAt: now,
        }))}
        sorting={roomList.sortLinks(params, routes.rooms.list)}
        hiddenColumns={hiddenColumns}
      />
    </ListResult>
  );
}
