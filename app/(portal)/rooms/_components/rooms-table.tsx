"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { DataTable } from "@/components/data-table/data-table";
import { tableColumns } from "@/components/data-table/table-columns";
import { RelativeTime } from "@/components/ui/relative-time";
import type { SortLinks } from "@/lib/list/list-address";
import type { RoomSummary } from "@/lib/rooms/staff/staff-room.types";
import { routes } from "@/lib/routes";
import { ROOM_COLUMNS, type RoomColumn } from "./room-columns";
import { RoomLink } from "./room-link";
import { RoomState } from "./room-state";

type RoomRow = RoomSummary & {
  /** Where it opens; null for one that is deleted. */
  url: string | null;
  /** When the page was made: relative times are counted from there. */
  shownAt: Date;
};

const CELLS: Record<RoomColumn, (props: { row: RoomRow }) => React.ReactNode> = {
  name: NameCell,
  owners: OwnersCell,
  application: ApplicationCell,
  access: AccessCell,
  state: ({ row }) => <RoomState state={row.state} />,
  created: ({ row: { createdAt, shownAt } }) => (
    <span className="whitespace-nowrap text-ink-muted">
      <RelativeTime value={createdAt} now={shownAt} />
    </span>
  ),
};

const columns = [
  ...tableColumns(ROOM_COLUMNS, ColumnTitle, CELLS),
  ...tableColumns<RoomRow, "actions">(["actions"], ActionsTitle, {
    actions: ({ row: { name, url } }) => url !== null && <RoomLink name={name} url={url} />,
  }),
];

function ActionsTitle() {
  const t = useTranslations("rooms");
  return <span className="sr-only">{t("actions")}</span>;
}

/** One page of the list. */
export function RoomsTable(props: { rows: RoomRow[]; sorting: SortLinks; hiddenColumns: readonly string[] }) {
  const t = useTranslations("rooms");
  return <DataTable caption={t("title")} columns={columns} getRowId={(row) => row.id} {...props} />;
}

const LINK = "underline decoration-line-strong underline-offset-4 hover:text-accent hover:decoration-accent";

function ColumnTitle({ column }: { column: RoomColumn }) {
  const t = useTranslations("rooms");
  return t(`columns.${column}`);
}

/** What it is called elsewhere stands below its name. */
function NameCell({ row: { id, name, slug, externalId } }: { row: RoomRow }) {
  const second = [name === slug ? null : slug, externalId].filter((text) => text !== null).join(" · ");
  return (
    <div className="grid max-w-80 min-w-36">
      <Link
        href={routes.rooms.detail(id)}
        prefetch={false}
        data-row-link
        title={name}
        className={`truncate leading-5 font-semibold text-ink ${LINK}`}
      >
        {name}
      </Link>
      {second !== "" && (
        <span title={second} className="truncate text-xs leading-4 text-ink-muted">
          {second}
        </span>
      )}
    </div>
  );
}

function OwnersCell({ row: { owners, ownerCount } }: { row: RoomRow }) {
  const t = useTranslations("rooms");
  if (ownerCount === 0) return <span className="text-ink-muted">{t("noOwner")}</span>;
  return (
    <div className="grid max-w-72 min-w-40">
      {owners.map(({ id, email }) => (
        <Link key={id} href={routes.people.detail(id)} prefetch={false} title={email} className={`truncate ${LINK}`}>
          {email}
        </Link>
      ))}
      {ownerCount > owners.length && (
        <span className="text-xs leading-4 text-ink-muted">
          {t("moreOwners", { count: ownerCount - owners.length })}
        </span>
      )}
    </div>
  );
}

function ApplicationCell({ row: { application } }: { row: RoomRow }) {
  const t = useTranslations("rooms");
  if (application === null) return <span className="text-ink-muted">{t("noApplication")}</span>;
  return (
    <Link
      href={routes.applications.detail(application.id)}
      prefetch={false}
      title={application.name}
      className={`block max-w-48 truncate ${LINK}`}
    >
      {application.name}
    </Link>
  );
}

function AccessCell({ row }: { row: RoomRow }) {
  const t = useTranslations("rooms");
  return <span className="whitespace-nowrap">{t(`accessLevels.${row.accessLevel}`)}</span>;
}
