"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { tableColumns } from "@/components/data-table/table-columns";
import { RelativeTime } from "@/components/ui/relative-time";
import { routes } from "@/lib/routes";
import { ApplicationStatus } from "../application-status";
import { APPLICATION_COLUMNS, type ApplicationColumn, CALLS_DAYS } from "./application-columns";
import type { ApplicationRow } from "./application-row.types";
import { ApplicationRowMenu } from "./application-row-menu";
import { CallsCell, ReachCell, ScopesCell, SecretCell } from "./summary-cells";

const CELLS: Record<ApplicationColumn, (props: { row: ApplicationRow }) => React.ReactNode> = {
  name: NameCell,
  status: ({ row }) => <ApplicationStatus isActive={row.isActive} />,
  reach: ReachCell,
  scopes: ScopesCell,
  calls: CallsCell,
  secret: SecretCell,
  lastUsed: LastUsedCell,
  created: ({ row: { createdAt, shownAt } }) => (
    <span className="whitespace-nowrap text-ink-muted">
      <RelativeTime value={createdAt} now={shownAt} />
    </span>
  ),
  clientId: ({ row }) => <code className="font-mono text-xs whitespace-nowrap">{row.clientId}</code>,
};

export const applicationsColumns = [
  ...tableColumns(APPLICATION_COLUMNS, ColumnTitle, CELLS),
  ...tableColumns<ApplicationRow, "actions">(["actions"], ActionsTitle, { actions: ApplicationRowMenu }),
];

function ActionsTitle() {
  const t = useTranslations("applications");
  return <span className="sr-only">{t("actions")}</span>;
}

function ColumnTitle({ column }: { column: ApplicationColumn }) {
  const t = useTranslations("applications");
  return t(`columns.${column}`, { days: CALLS_DAYS });
}

/** Whose it is stands below its name: one looks for both. What does not fit on the line is in the title. */
function NameCell({ row: { id, name, ownerContact } }: { row: ApplicationRow }) {
  return (
    <div className="grid max-w-80 min-w-40">
      <Link
        href={routes.applications.detail(id)}
        prefetch={false}
        data-row-link
        title={name}
        className="truncate leading-5 font-semibold text-ink underline decoration-line-strong underline-offset-4 hover:text-accent hover:decoration-accent"
      >
        {name}
      </Link>
      {ownerContact !== "" && (
        <span title={ownerContact} className="truncate text-xs leading-4 text-ink-muted">
          {ownerContact}
        </span>
      )}
    </div>
  );
}

function LastUsedCell({ row: { lastUsedAt, shownAt } }: { row: ApplicationRow }) {
  const t = useTranslations("applications");
  return (
    <span className="whitespace-nowrap text-ink-muted">
      {lastUsedAt === null ? t("neverUsed") : <RelativeTime value={lastUsedAt} now={shownAt} />}
    </span>
  );
}
