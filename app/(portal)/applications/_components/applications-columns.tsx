"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { tableColumns } from "@/components/data-table/table-columns";
import { Badge } from "@/components/ui/badge";
import { RelativeTime } from "@/components/ui/relative-time";
import type { ApplicationSummary } from "@/lib/applications/application.types";
import { routes } from "@/lib/routes";
import { APPLICATION_COLUMNS, type ApplicationColumn } from "./application-columns";
import { ApplicationRowMenu } from "./application-row-menu";
import { ApplicationStatus } from "./application-status";

/** `shownAt` is when the page was made: relative times are counted from there. */
export type ApplicationRow = ApplicationSummary & { shownAt: Date };

const CELLS: Record<ApplicationColumn, (props: { row: ApplicationRow }) => React.ReactNode> = {
  name: NameCell,
  clientId: ({ row }) => (
    <code className="block max-w-36 truncate font-mono text-xs leading-5" title={row.clientId}>
      {row.clientId}
    </code>
  ),
  scopes: ScopesCell,
  status: ({ row }) => <ApplicationStatus isActive={row.isActive} />,
  created: ({ row: { createdAt, shownAt } }) => (
    <span className="whitespace-nowrap text-ink-muted">
      <RelativeTime value={createdAt} now={shownAt} />
    </span>
  ),
  lastUsed: LastUsedCell,
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
  return t(`columns.${column}`);
}

function NameCell({ row }: { row: ApplicationRow }) {
  return (
    <Link
      href={routes.applications.detail(row.id)}
      prefetch={false}
      className="block max-w-sm min-w-36 font-semibold wrap-anywhere text-ink underline decoration-line-strong underline-offset-4 hover:text-accent hover:decoration-accent"
    >
      {row.name}
    </Link>
  );
}

function ScopesCell({ row: { scopes, domainCount, allowedPersonCount } }: { row: ApplicationRow }) {
  const t = useTranslations("applications");
  return (
    <div className="flex flex-col items-start gap-1.5">
      {scopes.length === 0 ? (
        <span className="text-ink-muted">{t("noScopes")}</span>
      ) : (
        <ul className="flex min-w-56 flex-wrap gap-1">
          {scopes.map((scope) => (
            <li key={scope} className="rounded bg-sunken px-1.5 py-0.5 font-mono text-xs">
              {scope}
            </li>
          ))}
        </ul>
      )}
      {domainCount === 0 && allowedPersonCount === 0 && <Badge tone="warning">{t("anyDomain")}</Badge>}
      {domainCount > 0 && <span className="block text-xs text-ink-muted">{t("domains", { count: domainCount })}</span>}
      {allowedPersonCount > 0 && (
        <span className="block text-xs text-ink-muted">{t("allowedPeople", { count: allowedPersonCount })}</span>
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
