"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { DataTable } from "@/components/data-table/data-table";
import { tableColumns } from "@/components/data-table/table-columns";
import { EmailAddress } from "@/components/ui/email-address";
import { RelativeTime } from "@/components/ui/relative-time";
import type { SortLinks } from "@/lib/list/list-address";
import type { RoomSummary } from "@/lib/rooms/staff/staff-room.types";
import { routes } from "@/lib/routes";
import { ROOM_COLUMNS, type RoomColumn } from "./room-columns";
import { RoomState } from "./room-state";

/** `shownAt` is when the page was made: relative times are counted from there. */
type RoomRow = RoomSummary & { shownAt: Date };

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

const columns = tableColumns(ROOM_COLUMNS, ColumnTitle, CELLS);

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

function NameCell({ row: { id, name, slug, externalId } }: { row: RoomRow }) {
  return (
    <div className="min-w-36 space-y-1">
      <Link href={routes.rooms.detail(id)} prefetch={false} className={`font-semibold wrap-anywhere text-ink ${LINK}`}>
        {name}
      </Link>
      {name !== slug && <code className="block font-mono text-xs text-ink-muted">{slug}</code>}
      {externalId !== null && <span className="block text-xs wrap-anywhere text-ink-muted">{externalId}</span>}
    </div>
  );
}

function OwnersCell({ row: { owners, ownerCount } }: { row: RoomRow }) {
  const t = useTranslations("rooms");
  if (ownerCount === 0) return <span className="text-ink-muted">{t("noOwner")}</span>;
  return (
    <div className="space-y-1">
      {owners.map((email) => (
        <span key={email} className="block min-w-40">
          <EmailAddress>{email}</EmailAddress>
        </span>
      ))}
      {ownerCount > owners.length && (
        <span className="block text-xs text-ink-muted">{t("moreOwners", { count: ownerCount - owners.length })}</span>
      )}
    </div>
  );
}

function ApplicationCell({ row: { application } }: { row: RoomRow }) {
  const t = useTranslations("rooms");
  if (application === null) return <span className="text-ink-muted">{t("noApplication")}</span>;
  return (
    <Link href={routes.applications.detail(application.id)} prefetch={false} className={`break-words ${LINK}`}>
      {application.name}
    </Link>
  );
}

function AccessCell({ row }: { row: RoomRow }) {
  const t = useTranslations("rooms");
  return t(`accessLevels.${row.accessLevel}`);
}
