"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { createAppColumnHelper } from "@/components/data-table/app-table";
import { DataTable } from "@/components/data-table/data-table";
import { RelativeTime } from "@/components/ui/relative-time";
import type { UnrestrictedApplication } from "@/lib/applications/delegation/delegation.types";
import { routes } from "@/lib/routes";
import { ApplicationStatus } from "../../applications/_components/application-status";

/** `shownAt` is when the page was made: relative times are counted from there. */
type UnrestrictedRow = UnrestrictedApplication & { shownAt: Date };

const COLUMNS = ["name", "status", "people", "createdBy", "lastUsed"] as const;
type ColumnName = (typeof COLUMNS)[number];

const helper = createAppColumnHelper<UnrestrictedRow>();

const columns = helper.columns(
  COLUMNS.map((column) =>
    helper.display({
      id: column,
      header: () => <Header column={column} />,
      cell: ({ row }) => <Cell column={column} row={row.original} />,
    }),
  ),
);

/** Every application without limits, each with the way to limit it. */
export function UnrestrictedTable({ rows }: { rows: UnrestrictedRow[] }) {
  const t = useTranslations("unrestrictedList");
  return <DataTable caption={t("title")} columns={columns} rows={rows} getRowId={({ id }) => id} />;
}

function Header({ column }: { column: ColumnName }) {
  const t = useTranslations("unrestrictedList");
  return t(`columns.${column}`);
}

function Cell({ column, row }: { column: ColumnName; row: UnrestrictedRow }) {
  const t = useTranslations("unrestrictedList");
  switch (column) {
    case "name":
      return (
        <Link
          href={routes.applications.delegation(row.id)}
          className="block min-w-36 font-semibold break-words text-ink underline decoration-line-strong underline-offset-4 hover:text-accent hover:decoration-accent"
        >
          {row.name}
        </Link>
      );
    case "status":
      return <ApplicationStatus isActive={row.isActive} />;
    case "people":
      return row.people.hasMore
        ? t("peopleMore", { count: row.people.count })
        : t("people", { count: row.people.count });
    case "createdBy":
      return (
        <span>
          {row.createdByName ?? t("unknown")},{" "}
          <span className="whitespace-nowrap text-ink-muted">
            <RelativeTime value={row.createdAt} now={row.shownAt} />
          </span>
        </span>
      );
    case "lastUsed":
      return row.lastUsedAt === null ? t("neverUsed") : <RelativeTime value={row.lastUsedAt} now={row.shownAt} />;
  }
}
