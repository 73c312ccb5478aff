import { getTranslations } from "next-intl/server";
import { pageTitle } from "@/app/page-title";
import { PageHeader } from "@/components/layout/page-header";
import { StreamOnNavigation } from "@/components/layout/stream-on-navigation";
import { requireStaff } from "@/lib/auth/require-staff";
import { routes } from "@/lib/routes";
import { usageParams } from "@/lib/usage/usage.schema";
import { findApplication } from "../_components/find-application";
import { RangeLinks } from "./_components/range-links";
import { UsageReport } from "./_components/usage-report";
import { UsageSkeleton } from "./_components/usage-skeleton";

type UsagePageProps = {
  params: Promise<{ applicationId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export const generateMetadata = pageTitle("usage.title");

export default async function UsagePage({ params, searchParams }: UsagePageProps) {
  await requireStaff("applications:read");
  const { applicationId } = await params;
  const [{ name }, t] = await Promise.all([findApplication(applicationId), getTranslations("usage")]);
  const { days } = usageParams.parse(await searchParams);
  return (
    <div className="space-y-6">
      <PageHeader
        title={t("title")}
        description={name}
        back={{ href: routes.applications.detail(applicationId), label: t("backToApplication") }}
      />
      <RangeLinks applicationId={applicationId} days={days} />
      <StreamOnNavigation key={days} fallback={<UsageSkeleton />}>
        <UsageReport applicationId={applicationId} days={days} />
      </StreamOnNavigation>
    </div>
  );
}
