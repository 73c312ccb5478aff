import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { SectionHeader } from "@/components/layout/section-header";
import { buttonStyles } from "@/components/ui/button";
import { listAuditEventsParams } from "@/lib/audit/log/audit-log.schema";
import { listAuditEvents } from "@/lib/audit/log/list-audit-events";
import { requireStaff } from "@/lib/auth/require-staff";
import { routes } from "@/lib/routes";
import { AuditPaging } from "../../../audit/_components/audit-paging";
import { AuditTable } from "../../../audit/_components/audit-table";
import { applicationTitle } from "../_components/application-title";
import { findApplication } from "../_components/find-application";

type HistoryPageProps = {
  params: Promise<{ applicationId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export const generateMetadata = applicationTitle("historyCard.title");

/** What was changed about the application, of the audit log. */
export default async function HistoryPage({ params, searchParams }: HistoryPageProps) {
  await requireStaff("audit:read");
  const { id } = await findApplication((await params).applicationId);
  const { before, after } = listAuditEventsParams.parse(await searchParams);
  const filter = { target: `application:${id}` };
  const [{ entries, olderThan, newerThan }, t] = await Promise.all([
    listAuditEvents({ ...filter, before, after }),
    getTranslations("historyCard"),
  ]);
  return (
    <div className="space-y-6">
      <SectionHeader title={t("title")}>
        <Link href={routes.audit.list(filter)} className={buttonStyles()}>
          {t("inLog")}
        </Link>
      </SectionHeader>
      {entries.length === 0 ? (
        <p className="text-ink-muted">{t("empty")}</p>
      ) : (
        <AuditTable entries={entries} filter={filter} />
      )}
      <AuditPaging
        newer={newerThan === null ? undefined : routes.applications.history(id, { after: newerThan })}
        older={olderThan === null ? undefined : routes.applications.history(id, { before: olderThan })}
      />
    </div>
  );
}
