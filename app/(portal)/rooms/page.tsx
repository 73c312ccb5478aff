import { cookies } from "next/headers";
import { getTranslations } from "next-intl/server";
import { pageTitle } from "@/app/page-title";
import { TableSkeleton } from "@/components/data-table/table-skeleton";
import { PageHeader } from "@/components/layout/page-header";
import { StreamOnNavigation } from "@/components/layout/stream-on-navigation";
import { requireStaff } from "@/lib/auth/require-staff";
import { columnsCookie, parseHiddenColumns } from "@/lib/list/hidden-columns";
import { listRoomMakers } from "@/lib/rooms/staff/list-room-makers";
import { roomList } from "@/lib/rooms/staff/staff-room.schema";
import { HIDEABLE_COLUMNS, ROOM_COLUMNS } from "./_components/room-columns";
import { RoomList } from "./_components/room-list";
import { RoomToolbar } from "./_components/room-toolbar";

type RoomsPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export const generateMetadata = pageTitle("rooms.title");

export default async function RoomsPage({ searchParams }: RoomsPageProps) {
  await requireStaff("rooms:read");
  const params = roomList.parse(await searchParams);
  const [jar, applications, t] = await Promise.all([
    cookies(),
    listRoomMakers(params.application),
    getTranslations("rooms"),
  ]);
  const hiddenColumns = parseHiddenColumns(jar.get(columnsCookie("rooms"))?.value, HIDEABLE_COLUMNS);
  const shown = ROOM_COLUMNS.filter((column) => !hiddenColumns.includes(column));
  return (
    <div className="space-y-6">
      <PageHeader title={t("title")} description={t("description")} />
      <RoomToolbar params={params} applications={applications} hiddenColumns={hiddenColumns} />
      <StreamOnNavigation
        fallback={<TableSkeleton caption={t("loading")} headers={shown.map((column) => t(`columns.${column}`))} />}
      >
        <RoomList params={params} hiddenColumns={hiddenColumns} />
      </StreamOnNavigation>
    </div>
  );
}
