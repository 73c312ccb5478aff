import { ShieldCheck } from "lucide-react";
import type { Metadata } from "next";
import { getNow, getTranslations } from "next-intl/server";
import { EmptyState } from "@/components/layout/empty-state";
import { PageHeader } from "@/components/layout/page-header";
import { listUnlimitedApplications } from "@/lib/applications/delegation/list-unlimited-applications";
import { requireStaff } from "@/lib/auth/require-staff";
import { routes } from "@/lib/routes";
import { UnlimitedTable } from "./_components/unlimited-table";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("unlimited");
  return { title: t("title") };
}

export default async function UnlimitedApplicationsPage() {
  await requireStaff("applications:read");
  const [applications, t, now] = await Promise.all([
    listUnlimitedApplications(),
    getTranslations("unlimited"),
    getNow(),
  ]);
  return (
    <div className="space-y-6">
      <PageHeader
        title={t("title")}
        description={t("text")}
        back={{ href: routes.applications.list(), label: t("backToList") }}
      />
      {applications.length === 0 ? (
        <EmptyState icon={<ShieldCheck />} title={t("emptyTitle")} text={t("emptyText")} />
      ) : (
        <UnlimitedTable rows={applications.map((application) => ({ ...application, shownAt: now }))} />
      )}
    </div>
  );
}
