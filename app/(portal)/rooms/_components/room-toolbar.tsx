import { useTranslations } from "next-intl";
import { setColumns } from "@/app/preferences/actions";
import { ColumnMenu } from "@/components/data-table/column-menu";
import { SelectFilter } from "@/components/data-table/list-filters";
import { ListToolbar } from "@/components/data-table/toolbar/list-toolbar";
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
    <ListToolbar
      address={routes.rooms.list(roomList.toQuery(params))}
      search={{ q: params.q, label: t("search"), placeholder: t("searchHint") }}
      count={roomList.countFilters(params)}
    >
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
      <div className="max-w-72">
        <SelectFilter
          name="application"
          label={t("columns.application")}
          value={params.application}
          any={t("anyApplication")}
          options={applications.map(({ id, name }) => ({ value: id, label: name ?? t("chosenApplication") }))}
        />
      </div>
      <div className="sm:ml-auto">
        <ColumnMenu
          list="rooms"
          columns={HIDEABLE_COLUMNS.map((id) => ({ id, label: t(`columns.${id}`) }))}
          hidden={hiddenColumns}
          setColumns={setColumns}
        />
      </div>
    </ListToolbar>
  );
}
