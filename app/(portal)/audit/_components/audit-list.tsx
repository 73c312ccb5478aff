import { ScrollText, SearchX } from "lucide-react";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { EmptyState } from "@/components/layout/empty-state";
import { buttonStyles } from "@/components/ui/button";
import { findActivity } from "@/lib/activity/find-activity";
import type { AuditFilter } from "@/lib/audit/log/audit-log.schema";
import { listAuditEvents } from "@/lib/audit/log/list-audit-events";
import { routes } from "@/lib/routes";
import { ActivityNotice } from "./activity-notice";
import { AuditPaging } from "./audit-paging";
import { AuditTable } from "./audit-table";

type AuditListProps = { filter: AuditFilter; before: string | undefined; after: string | undefined };

/**
 * A page of the log, or why there is none and what to do about it. Who asks for a request of an application is told
 * how it ended, and not that nothing was found as well: a token or a refusal changes nothing, so the log has no event of it.
 */
export async function AuditList({ filter, before, after }: AuditListProps) {
  const [{ entries, olderThan, newerThan }, request, t] = await Promise.all([
    listAuditEvents({ ...filter, before, after }),
    filter.request === undefined ? undefined : findActivity(filter.request),
    getTranslations("audit"),
  ]);
  if (request !== undefined && entries.length === 0) return <ActivityNotice entry={request} hasEvents={false} />;
  if (entries.length === 0 && Object.values(filter).every((value) => value === undefined)) {
    return <EmptyState icon={<ScrollText />} title={t("emptyTitle")} text={t("emptyText")} />;
  }
  if (entries.length === 0) {
    return (
      <EmptyState icon={<SearchX />} title={t("noMatchTitle")} text={t("noMatchText")}>
        <Link href={routes.audit.list()} className={buttonStyles()}>
          {t("clearFilters")}
        </Link>
      </EmptyState>
    );
  }
  return (
    <div className="space-y-4">
      {request !== undefined && <ActivityNotice entry={request} hasEvents />}
      <AuditTable entries={entries} filter={filter} />
      <AuditPaging
        newer={newerThan === null ? undefined : routes.audit.list({ ...filter, after: newerThan })}
        older={olderThan === null ? undefined : routes.audit.list({ ...filter, before: olderThan })}
      />
    </div>
  );
}
