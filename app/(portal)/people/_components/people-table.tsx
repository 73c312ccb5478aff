"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { DataTable } from "@/components/data-table/data-table";
import { tableColumns } from "@/components/data-table/table-columns";
import { EmailAddress } from "@/components/ui/email-address";
import { RelativeTime } from "@/components/ui/relative-time";
import type { SortLinks } from "@/lib/list/list-address";
import type { PersonSummary } from "@/lib/people/person.types";
import { routes } from "@/lib/routes";
import { PERSON_COLUMNS, type PersonColumn } from "./person-columns";
import { PersonState } from "./person-state";

/** `shownAt` is when the page was made: relative times are counted from there. */
type PersonRow = PersonSummary & { shownAt: Date };

const CELLS: Record<PersonColumn, (props: { row: PersonRow }) => React.ReactNode> = {
  email: ({ row: { id, email } }) => (
    <Link
      href={routes.people.detail(id)}
      prefetch={false}
      data-row-link
      className="block min-w-36 font-semibold wrap-anywhere text-ink underline decoration-line-strong underline-offset-4 hover:text-accent hover:decoration-accent"
    >
      <EmailAddress>{email}</EmailAddress>
    </Link>
  ),
  name: ({ row }) => <span className="break-words">{row.displayName}</span>,
  state: ({ row }) => <PersonState person={row} />,
  rooms: RoomsOwned,
  created: ({ row: { createdAt, shownAt } }) => (
    <span className="whitespace-nowrap text-ink-muted">
      <RelativeTime value={createdAt} now={shownAt} />
    </span>
  ),
};

function RoomsOwned({ row: { roomsOwned } }: { row: PersonRow }) {
  const t = useTranslations("people");
  return roomsOwned.hasMore ? t("roomsMore", { count: roomsOwned.count }) : roomsOwned.count;
}

const columns = tableColumns(PERSON_COLUMNS, ColumnTitle, CELLS);

/** One page of the list. */
export function PeopleTable(props: { rows: PersonRow[]; sorting: SortLinks }) {
  const t = useTranslations("people");
  return <DataTable caption={t("title")} columns={columns} getRowId={({ id }) => id} {...props} />;
}

function ColumnTitle({ column }: { column: PersonColumn }) {
  const t = useTranslations("people");
  return t(`columns.${column}`);
}
