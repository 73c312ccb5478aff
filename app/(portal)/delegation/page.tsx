import { ShieldCheck } from "lucide-react";
import Link from "next/link";
import { getNow, getTranslations } from "next-intl/server";
import { pageTitle } from "@/app/page-title";
import { EmptyState } from "@/components/layout/empty-state";
import { PageHeader } from "@/components/layout/page-header";
import { listUnrestrictedApplications } from "@/lib/applications/delegation/list-unrestricted-applications";
import { applicationList } from "@/lib/applications/listing/application-list.schema";
import { requireStaff } from "@/lib/auth/require-staff";
import { routes } from "@/lib/routes";
import { UnrestrictedTable } from "./_components/unrestricted-table";

export const generateMetadata = pageTitle("unrestrictedList.title");

export default async function UnrestrictedApplicationsPage() {
  await requireStaff("applications:read");
  const [{ rows, hasMoreRows }, t, now] = await Promise.all([
    listUnrestrictedApplications(),
    getTranslations("unrestrictedList"),
    getNow(),
  ]);
  return (
    <div className="space-y-6">
      <PageHeader
        title={t("title")}
        description={t("text")}
        back={{ href: routes.applications.list(), label: t("backToList") }}
      />
      {rows.length === 0 ? (
        <EmptyState icon={<ShieldCheck />} title={t("emptyTitle")} text={t("emptyText")} />
      ) : (
        <UnrestrictedTable rows={rows.map((row) => ({ ...row, shownAt: now }))} />
      )}
      {hasMoreRows && (
        <p className="text-sm">
          <Link href={routes.applications.list(applicationList.toQuery({ anyDomain: true }))} className="link">
            {t("more", { count: rows.length })}
          </Link>
        </p>
      )}
    </div>
  );
}
