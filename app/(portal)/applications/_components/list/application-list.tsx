import { AppWindow } from "lucide-react";
import Link from "next/link";
import { getNow, getTranslations } from "next-intl/server";
import { ListResult } from "@/components/data-table/list-result";
import { EmptyState } from "@/components/layout/empty-state";
import { buttonStyles } from "@/components/ui/button";
import { applicationList, type ListApplicationsParams } from "@/lib/applications/listing/application-list.schema";
import { listApplications } from "@/lib/applications/listing/list-applications";
import { spellDomain } from "@/lib/i18n/spell-domain";
import { routes } from "@/lib/routes";
import { listDailyCalls } from "@/lib/usage/list-daily-calls";
import { CALLS_DAYS } from "./application-columns";
import { ApplicationsTable } from "./applications-table";

type ApplicationListProps = { params: ListApplicationsParams; hiddenColumns: readonly string[]; canWrite: boolean };

/** A page of applications, or why there is none. */
export async function ApplicationList({ params, hiddenColumns, canWrite }: ApplicationListProps) {
  const now = await getNow();
  const [{ rows, ...result }, t] = await Promise.all([listApplications(params, now), getTranslations("applications")]);
  const calls = hiddenColumns.includes("calls")
    ? undefined
    : await listDailyCalls(
        rows.map(({ id }) => id),
        CALLS_DAYS,
        now,
      );
  const empty = (
    <EmptyState icon={<AppWindow />} title={t("emptyTitle")} text={t("emptyText")}>
      {canWrite && (
        <Link href={routes.applications.new()} className={buttonStyles({ variant: "primary" })}>
          {t("createFirst")}
        </Link>
      )}
    </EmptyState>
  );
  const noMatchTitle = params.q === "" ? t("noMatchFilters") : t("noMatchTitle", { q: params.q });
  return (
    <ListResult
      list={applicationList}
      params={params}
      address={routes.applications.list}
      result={result}
      count={result.hasMoreRows ? t("countMore", { count: result.rowCount }) : t("count", { count: result.rowCount })}
      empty={empty}
      noMatch={{ title: noMatchTitle, text: t("noMatchText"), clear: t("clearSearch") }}
    >
      <ApplicationsTable
        rows={rows.map((row) => ({
          ...row,
          firstDomain: row.firstDomain === null ? null : spellDomain(row.firstDomain),
          calls: calls?.get(row.id) ?? [],
          shownAt: now,
        }))}
        sorting={applicationList.sortLinks(params, routes.applications.list)}
        hiddenColumns={hiddenColumns}
        canWrite={canWrite}
      />
    </ListResult>
  );
}
