import { getTranslations } from "next-intl/server";
import { pageTitle } from "@/app/page-title";
import { PageHeader } from "@/components/layout/page-header";
import { StreamOnNavigation } from "@/components/layout/stream-on-navigation";
import { activityLogParams } from "@/lib/activity/log/activity-log.schema";
import { requireStaff } from "@/lib/auth/require-staff";
import { ActivityReport } from "./_components/activity-report";
import { ActivitySkeleton } from "./_components/activity-skeleton";

type ActivityPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export const generateMetadata = pageTitle("activity.title");

export default async function ActivityPage({ searchParams }: ActivityPageProps) {
  const { staff } = await requireStaff("applications:read");
  const params = activityLogParams.parse(await searchParams);
  const t = await getTranslations("activity");
  return (
    <div className="space-y-6">
      <PageHeader title={t("title")} description={t("description")} />
      <StreamOnNavigation fallback={<ActivitySkeleton />}>
        <ActivityReport params={params} role={staff.role} />
      </StreamOnNavigation>
    </div>
  );
}
