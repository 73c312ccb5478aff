import { getTranslations } from "next-intl/server";
import { SectionHeader } from "@/components/layout/section-header";
import { StreamOnNavigation } from "@/components/layout/stream-on-navigation";
import { activityLogParams } from "@/lib/activity/log/activity-log.schema";
import { requireStaff } from "@/lib/auth/require-staff";
import { ActivityReport } from "../../../activity/_components/activity-report";
import { ActivitySkeleton } from "../../../activity/_components/activity-skeleton";
import { applicationTitle } from "../_components/application-title";
import { findApplication } from "../_components/find-application";

type ApplicationActivityPageProps = {
  params: Promise<{ applicationId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export const generateMetadata = applicationTitle("activity.title");

export default async function ApplicationActivityPage({ params, searchParams }: ApplicationActivityPageProps) {
  const { staff } = await requireStaff("applications:read");
  const [{ id }, t] = await Promise.all([findApplication((await params).applicationId), getTranslations("activity")]);
  return (
    <div className="space-y-6">
      <SectionHeader title={t("title")} />
      <StreamOnNavigation fallback={<ActivitySkeleton />}>
        <ActivityReport applicationId={id} params={activityLogParams.parse(await searchParams)} role={staff.role} />
      </StreamOnNavigation>
    </div>
  );
}
