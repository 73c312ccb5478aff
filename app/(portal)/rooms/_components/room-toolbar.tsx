import { useTranslations } from "next-intl";
import { setColumns } from "@/app/preferences/actions";
import { ColumnMenu } from "@/components/data-table/column-menu";
import { SelectFilter } from "@/components/data-table/list-filters";
import { ListForm } from "@/components/data-table/list-form";
import { ListSearch } from "@/components/data-table/list-search";
import { ACCESS_LEVELS } from "@/lib/rooms/representation/room.schema";
import { type ListRoomsForStaffParams, roomList } from "@/lib/rooms/staff/staff-room.schema";
import { ROOM_STATES } from "@/lib/rooms/staff/staff-room.types";
import { routes } from "@/lib/routes";
import { HIDEABLE_COLUMNS } from "./room-columns";

type RoomToolbarProps = {
  params: ListRoomsForStaffParams;
  applications: readonly { id: string; name: string | null }[];
  hiddenColumns: readonly string[];
};

/** Search, filters and columns of the list. */
export function RoomToolbar({ params, applications, hiddenColumns }: RoomToolbarProps) {
  const t = useTranslations("rooms");
  return (
    <div className="flex flex-col items-start gap-3 sm:flex-row">
      <div className="w-full min-w-0 flex-1">
        <ListForm address={routes.rooms.list(roomList.toQuery(params))}>
          <div className="flex flex-wrap gap-3">
            <ListSearch q={params.q} label={t("search")} placeholder={t("searchHint")} />
            <SelectFilter
              name="access"
              label={t("columns.access")}
              value={params.access}
              any={t("anyAccess")}
              options={ACCESS_LEVELS.map((value) => ({ value, label: t(`accessLevels.${value}`) }))}
            />
            <SelectFilter
              name="state"
              label={t("columns.state")}
              value={params.state}
              any={t("anyState")}
              options={ROOM_STATES.map((value) => ({ value, label: t(`states.${value}`) }))}
            />
            <SelectFilter
              name="application"
              label={t("columns.application")}
              value={params.application}
              any={t("anyApplication")}
              options={applications.map(({ id, name }) => ({ value: id, label: name ?? t("chosenApplication") }))}
            />
          </div>
        </ListForm>
      </div>
      <ColumnMenu
        list="rooms"
        columns={HIDEABLE_COLUMNS.map((id) => ({ id, label: t(`columns.${id}`) }))}
        hidden={hiddenColumns}
        setColumns={setColumns}
      />
    </div>
  );
}
