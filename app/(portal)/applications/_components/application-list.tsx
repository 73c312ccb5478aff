import { AppWindow, SearchX } from "lucide-react";
import Link from "next/link";
import { getNow, getTranslations } from "next-intl/server";
import { TablePagination } from "@/components/data-table/table-pagination";
import { EmptyState } from "@/components/layout/empty-state";
import { buttonStyles } from "@/components/ui/button";
import { applicationList, type ListApplicationsParams } from "@/lib/applications/application.schema";
import { listApplications } from "@/lib/applications/listing/list-applications";
import { routes } from "@/lib/routes";
import { ApplicationsTable } from "./applications-table";

type ApplicationListProps = { params: ListApplicationsParams; hiddenColumns: readonly string[]; canWrite: boolean };

const { change, isFiltered, sortLinks, toQuery, withoutFilters } = applicationList;

/** What was found: a page of applications, or why there is none and what to do about it. */
export async function ApplicationList({ params, hiddenColumns, canWrite }: ApplicationListProps) {
  const [{ rows, ...result }, now, t] = await Promise.all([
    listApplications(params),
    getNow(),
    getTranslations("applications"),
  ]);
  if (result.rowCount === 0 && !isFiltered(params)) {
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
  if (result.rowCount === 0) {
    const title = params.q === "" ? t("noMatchFilters") : t("noMatchTitle", { q: params.q });
    return (
      <EmptyState icon={<SearchX />} title={title} text={t("noMatchText")}>
        <Link href={routes.applications.list(toQuery(withoutFilters(params)))} className={buttonStyles()}>
          {t("clearSearch")}
        </Link>
      </EmptyState>
    );
  }
  return (
    <div className="space-y-4">
      <p role="status" className="text-sm text-ink-muted">
        {result.hasMoreRows ? t("countMore", { count: result.rowCount }) : t("count", { count: result.rowCount })}
      </p>
      <ApplicationsTable
        rows={rows.map((row) => ({ ...row, shownAt: now }))}
        sorting={sortLinks(params, routes.applications.list)}
        hiddenColumns={hiddenColumns}
        canWrite={canWrite}
      />
      <TablePagination
        result={result}
        perPage={params.perPage}
        linkTo={(page) => routes.applications.list(toQuery(change(params, { page })))}
      />
    </div>
  );
}
