import { getNow, getTimeZone, getTranslations } from "next-intl/server";
import { pageTitle } from "@/app/page-title";
import { TableSkeleton } from "@/components/data-table/table-skeleton";
import { PageHeader } from "@/components/layout/page-header";
import { StreamOnNavigation } from "@/components/layout/stream-on-navigation";
import { auditLogParams } from "@/lib/audit/log/audit-log.schema";
import { getAuditView } from "@/lib/audit/log/get-audit-view";
import { requireStaff } from "@/lib/auth/require-staff";
import { routes } from "@/lib/routes";
import { AuditList } from "./_components/audit-list";
import { AuditToolbar } from "./_components/audit-toolbar";
import { ChainNote } from "./_components/chain-note";
import { ExportLinks } from "./_components/export-links";

type AuditPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export const generateMetadata = pageTitle("audit.title");

export default async function AuditPage({ searchParams }: AuditPageProps) {
  await requireStaff("audit:read");
  const { before, after, ...asked } = auditLogParams.parse(await searchParams);
  const [now, zone, t] = await Promise.all([getNow(), getTimeZone(), getTranslations("audit")]);
  const view = await getAuditView(asked, { now, zone });
  return (
    <div className="space-y-6">
      <PageHeader title={t("title")} description={t("description")}>
        {view.choices === undefined && <ExportLinks address={view.address} />}
      </PageHeader>
      <AuditToolbar view={view} links={routes.audit.list} />
      <StreamOnNavigation
        fallback={
          <TableSkeleton
            caption={t("loading")}
            headers={[t("columns.at", { zone }), t("columns.actor"), t("columns.event"), t("columns.ip")]}
          />
        }
      >
        <AuditList view={view} before={before} after={after} links={routes.audit.list} />
      </StreamOnNavigation>
      <ChainNote />
    </div>
  );
}
