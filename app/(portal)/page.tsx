import { getTranslations } from "next-intl/server";
import { pageTitle } from "@/app/page-title";
import { PageHeader } from "@/components/layout/page-header";
import { StreamOnNavigation } from "@/components/layout/stream-on-navigation";
import { requireStaff } from "@/lib/auth/require-staff";
import { isPermitted } from "@/lib/permissions";
import { FirstSteps } from "./_components/home/first-steps";
import { HomeReport } from "./_components/home/home-report";
import { HomeSkeleton } from "./_components/home/home-skeleton";
import { SafetyCard } from "./_components/home/safety-card";

export const generateMetadata = pageTitle("home.title");

export default async function HomePage() {
  const { staff } = await requireStaff("applications:read");
  const t = await getTranslations("home");
  return (
    <div className="space-y-6">
      <PageHeader title={t("title")} description={t("description")} />
      <StreamOnNavigation fallback={<HomeSkeleton />}>
        {isPermitted(staff.role, "staff:read") && <FirstSteps />}
        <HomeReport canWrite={isPermitted(staff.role, "applications:write")} />
        {isPermitted(staff.role, "tokens:revoke-all") && <SafetyCard />}
      </StreamOnNavigation>
    </div>
  );
}
