import { getTranslations } from "next-intl/server";
import { SectionHeader } from "@/components/layout/section-header";
import { StreamOnNavigation } from "@/components/layout/stream-on-navigation";
import { requireStaff } from "@/lib/auth/require-staff";
import { usageParams } from "@/lib/usage/usage.schema";
import { applicationTitle } from "../../_components/application-title";
import { findApplication } from "../../_components/find-application";
import { RangeLinks } from "./_components/range-links";
import { UsageReport } from "./_components/usage-report";
import { UsageSkeleton } from "./_components/usage-skeleton";

type UsagePageProps = {
  params: Promise<{ applicationId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export const generateMetadata = applicationTitle("usage.title");

/** Calls by the day for longer than single requests are kept, why they were refused, and for whom there were most. */
export default async function CallsByDayPage({ params, searchParams }: UsagePageProps) {
  await requireStaff("applications:read");
  const { applicationId } = await params;
  const [{ id }, t] = await Promise.all([findApplication(applicationId), getTranslations("usage")]);
  const { days } = usageParams.parse(await searchParams);
  return (
    <div className="space-y-6">
      <SectionHeader title={t("title")}>
        <RangeLinks applicationId={id} days={days} />
      </SectionHeader>
      <StreamOnNavigation key={days} fallback={<UsageSkeleton />}>
        <UsageReport applicationId={id} days={days} />
      </StreamOnNavigation>
    </div>
  );
}
