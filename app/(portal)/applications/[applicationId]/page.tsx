import type { Metadata } from "next";
import { getNow, getTranslations } from "next-intl/server";
import { Card, CardHeading } from "@/components/ui/card";
import { findLastRefusal } from "@/lib/activity/log/find-last-refusal";
import { getClientAuthentication } from "@/lib/applications/authentication/get-client-authentication";
import { getDelegation } from "@/lib/applications/delegation/get-delegation";
import { requireStaff } from "@/lib/auth/require-staff";
import { config } from "@/lib/env/config";
import { isPermitted } from "@/lib/permissions";
import { listUsageByDay } from "@/lib/usage/list-usage-by-day";
import { CheckAgain } from "../../_components/cure/check-again";
import { findApplication } from "./_components/find-application";
import { AboutCard } from "./_components/overview/about-card";
import { ActivateCard } from "./_components/overview/activate-card";
import { CALLS_DAYS, CallsRow } from "./_components/overview/calls-row";
import { DelegationRow } from "./_components/overview/delegation-row";
import { RefusalRow } from "./_components/overview/refusal-row";
import { SecretsRow } from "./_components/overview/secrets-row";

type ApplicationPageProps = {
  params: Promise<{ applicationId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Pick<ApplicationPageProps, "params">): Promise<Metadata> {
  await requireStaff("applications:read");
  return { title: (await findApplication((await params).applicationId)).name };
}

export default async function ApplicationPage({ params, searchParams }: ApplicationPageProps) {
  const { staff } = await requireStaff("applications:read");
  const application = await findApplication((await params).applicationId);
  const { id } = application;
  const { cure, back } = await searchParams;
  const now = await getNow();
  const [authentication, delegation, days, refusal, t] = await Promise.all([
    getClientAuthentication(id),
    getDelegation(id),
    listUsageByDay(id, CALLS_DAYS, now),
    findLastRefusal(id, { now, retentionDays: config().activityRetentionDays }),
    getTranslations("applicationOverview"),
  ]);
  return (
    <div className="space-y-6">
      <CheckAgain back={back} />
      {cure === "activate" && isPermitted(staff.role, "applications:write") && (
        <ActivateCard applicationId={id} isActive={application.isActive} />
      )}
      <div className="grid grid-cols-[repeat(auto-fit,minmax(min(100%,26rem),1fr))] items-start gap-6">
        <Card className="min-w-0 space-y-4">
          <CardHeading>{t("title")}</CardHeading>
          <ul className="divide-y divide-line">
            <CallsRow applicationId={id} days={days} />
            <RefusalRow applicationId={id} refusal={refusal} now={now} />
            <SecretsRow
              applicationId={id}
              secrets={application.secrets}
              authentication={authentication}
              canWrite={isPermitted(staff.role, "secrets:write")}
              now={now}
            />
            <DelegationRow
              applicationId={id}
              delegation={delegation}
              canWrite={isPermitted(staff.role, "applications:write")}
            />
          </ul>
        </Card>
        <AboutCard application={application} tokenTtlSeconds={authentication.tokenTtlSeconds} now={now} />
      </div>
    </div>
  );
}
