import { Download } from "lucide-react";
import { getTranslations } from "next-intl/server";
import { pageTitle } from "@/app/page-title";
import { TableSkeleton } from "@/components/data-table/table-skeleton";
import { PageHeader } from "@/components/layout/page-header";
import { StreamOnNavigation } from "@/components/layout/stream-on-navigation";
import { buttonStyles } from "@/components/ui/button";
import { listAuditEventsParams } from "@/lib/audit/log/audit-log.schema";
import { requireStaff } from "@/lib/auth/require-staff";
import { routes } from "@/lib/routes";
import { AuditFilters } from "./_components/audit-filters";
import { AuditList } from "./_components/audit-list";

type AuditPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export const generateMetadata = pageTitle("audit.title");

export default async function AuditPage({ searchParams }: AuditPageProps) {
  await requireStaff("audit:read");
  const { before, after, ...filter } = listAuditEventsParams.parse(await searchParams);
  const t = await getTranslations("audit");
  return (
    <div className="space-y-6">
      <PageHeader title={t("title")} description={t("description")}>
        <a href={routes.audit.export("csv", filter)} download className={buttonStyles()}>
          <Download aria-hidden="true" />
          {t("exportCsv")}
        </a>
        <a href={routes.audit.export("json", filter)} download className={buttonStyles()}>
          <Download aria-hidden="true" />
          {t("exportJson")}
        </a>
      </PageHeader>
      <AuditFilters key={JSON.stringify(filter)} filter={filter} />
      <StreamOnNavigation
        fallback={
          <TableSkeleton caption={t("loading")} headers={[t("columns.event"), t("columns.at"), t("columns.ip")]} />
        }
      >
        <AuditList filter={filter} before={before} after={after} />
      </StreamOnNavigation>
    </div>
  );
}
