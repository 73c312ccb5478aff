"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { DataTable } from "@/components/data-table/data-table";
import { tableColumns } from "@/components/data-table/table-columns";
import { Badge } from "@/components/ui/badge";
import { EmailAddress } from "@/components/ui/email-address";
import { RelativeTime } from "@/components/ui/relative-time";
import type { SortLinks } from "@/lib/list/list-address";
import { routes } from "@/lib/routes";
import type { StaffSummary } from "@/lib/staff/staff.types";
import { STAFF_COLUMNS, type StaffColumn } from "./staff-columns";
import { StaffStatusBadge } from "./staff-status-badge";

/** `shownAt` is when the page was made: relative times are counted from there. */
export type StaffRow = StaffSummary & { shownAt: Date };

const CELLS: Record<StaffColumn, (props: { row: StaffRow }) => React.ReactNode> = {
  name: NameCell,
  role: RoleCell,
  status: ({ row }) => <StaffStatusBadge status={row.status} />,
  secondFactor: SecondFactorCell,
  lastSignedIn: LastSignedInCell,
};

const columns = tableColumns(STAFF_COLUMNS, ColumnTitle, CELLS);

/** One page of the list. */
export function StaffTable(props: { rows: StaffRow[]; sorting: SortLinks }) {
  const t = useTranslations("staff");
  return <DataTable caption={t("title")} columns={columns} getRowId={(row) => row.id} {...props} />;
}

function ColumnTitle({ column }: { column: StaffColumn }) {
  const t = useTranslations("staff");
  return t(`columns.${column}`);
}

function NameCell({ row: { id, name, email } }: { row: StaffRow }) {
  return (
    <div className="min-w-36">
      <Link
        href={routes.staff.detail(id)}
        prefetch={false}
        data-row-link
        className="block leading-5 font-semibold break-words text-ink underline decoration-line-strong underline-offset-4 hover:text-accent hover:decoration-accent"
      >
        {name}
      </Link>
      {email !== name && (
        <span className="block text-xs leading-4 text-ink-muted">
          <EmailAddress>{email}</EmailAddress>
        </span>
      )}
    </div>
  );
}

function RoleCell({ row: { role, isExternal } }: { row: StaffRow }) {
  const t = useTranslations("staff");
  return (
    <>
      {t(`roles.${role}`)}
      {isExternal && <span className="block text-xs leading-4 text-ink-muted">{t("fromOrganisation")}</span>}
    </>
  );
}

function SecondFactorCell({ row: { hasSecondFactor, isExternal } }: { row: StaffRow }) {
  const t = useTranslations("staff");
  if (isExternal) return <span className="text-ink-muted">{t("secondFactors.external")}</span>;
  return hasSecondFactor ? <Badge tone="success">{t("secondFactors.on")}</Badge> : t("secondFactors.off");
}

function LastSignedInCell({ row: { lastSignedInAt, shownAt } }: { row: StaffRow }) {
  const t = useTranslations("staff");
  return (
    <span className="whitespace-nowrap text-ink-muted">
      {lastSignedInAt === null ? t("neverSignedIn") : <RelativeTime value={lastSignedInAt} now={shownAt} />}
    </span>
  );
}
