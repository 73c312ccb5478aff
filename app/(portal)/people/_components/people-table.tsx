"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { createAppColumnHelper } from "@/components/data-table/app-table";
import { DataTable } from "@/components/data-table/data-table";
import { EmailAddress } from "@/components/ui/email-address";
import { RelativeTime } from "@/components/ui/relative-time";
import type { SortLinks } from "@/lib/list/list-params";
import type { PersonSummary } from "@/lib/people/person.types";
import { routes } from "@/lib/routes";
import { PERSON_COLUMNS, type PersonColumn } from "./person-columns";
import { PersonState } from "./person-state";

/** `shownAt` is when the page was made: relative times are counted from there. */
type PersonRow = PersonSummary & { shownAt: Date };

const helper = createAppColumnHelper<PersonRow>();

const columns = helper.columns(
  PERSON_COLUMNS.map((column) =>
    helper.display({
      id: column,
      header: () => <Header column={column} />,
      cell: ({ row }) => <Cell column={column} person={row.original} />,
    }),
  ),
);

/** One page of the list. */
export function PeopleTable(props: { rows: PersonRow[]; sorting: SortLinks }) {
  const t = useTranslations("people");
  return <DataTable caption={t("title")} columns={columns} getRowId={({ id }) => id} {...props} />;
}

function Header({ column }: { column: PersonColumn }) {
  const t = useTranslations("people");
  return t(`columns.${column}`);
}

function Cell({ column, person }: { column: PersonColumn; person: PersonRow }) {
  switch (column) {
    case "email":
      return (
        <Link
          href={routes.people.detail(person.id)}
          className="block min-w-36 font-semibold wrap-anywhere text-ink underline decoration-line-strong underline-offset-4 hover:text-accent hover:decoration-accent"
        >
          <EmailAddress>{person.email}</EmailAddress>
        </Link>
      );
    case "name":
      return <span className="break-words">{person.displayName}</span>;
    case "state":
      return <PersonState person={person} />;
    case "rooms":
      return person.roomsOwned;
    case "created":
      return (
        <span className="whitespace-nowrap text-ink-muted">
          <RelativeTime value={person.createdAt} now={person.shownAt} />
        </span>
      );
  }
}
