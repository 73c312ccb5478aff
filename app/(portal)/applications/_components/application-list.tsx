import { AppWindow, SearchX } from "lucide-react";
import Link from "next/link";
import { getNow, getTranslations } from "next-intl/server";
import { TablePagination } from "@/components/data-table/table-pagination";
import { EmptyState } from "@/components/layout/empty-state";
import { buttonStyles } from "@/components/ui/button";
import type { ListApplicationsParams } from "@/lib/applications/application.schema";
import { listApplications } from "@/lib/applications/list-applications";
import { routes } from "@/lib/routes";
import { ApplicationsTable } from "./applications-table";

type ApplicationListProps = { params: ListApplicationsParams; canWrite: boolean };

/** What was found: a page of applications, or why there is none and what to do about it. */
export async function ApplicationList({ params, canWrite }: ApplicationListProps) {
  const [{ rows, rowCount, page, pageCount }, now, t] = await Promise.all([
    listApplications(params),
    getNow(),
    getTranslations("applications"),
  ]);
  if (rowCount === 0 && params.q === "") {
    return (
      <EmptyState icon={<AppWindow />} title={t("emptyTitle")} text={t("emptyText")}>
        {canWrite && (
          <Link href={routes.applications.new()} className={buttonStyles({ variant: "primary" })}>
            {t("createFirst")}
          </Link>
        )}
      </EmptyState>
    );
  }
  if (rowCount === 0) {
    return (
      <EmptyState icon={<SearchX />} title={t("noMatchTitle", { q: params.q })} text={t("noMatchText")}>
        <Link href={routes.applications.list()} className={buttonStyles()}>
          {t("clearSearch")}
        </Link>
      </EmptyState>
    );
  }
  const linkTo = (target: number) =>
    target < 1 || target > pageCount ? undefined : routes.applications.list({ q: params.q, page: target });
  return (
    <div className="space-y-4">
      <p role="status" className="text-sm text-ink-muted">
        {t("count", { count: rowCount })}
      </p>
      <ApplicationsTable rows={rows.map((row) => ({ ...row, shownAt: now }))} />
      <TablePagination page={page} pageCount={pageCount} previous={linkTo(page - 1)} next={linkTo(page + 1)} />
    </div>
  );
}
