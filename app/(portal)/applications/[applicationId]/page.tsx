import type { Metadata } from "next";
import Link from "next/link";
import { getNow, getTranslations } from "next-intl/server";
import { PageHeader } from "@/components/layout/page-header";
import { buttonStyles } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { getClientAuthentication } from "@/lib/applications/get-client-authentication";
import { getDelegation } from "@/lib/applications/get-delegation";
import { isPermitted } from "@/lib/auth/permissions";
import { requireStaff } from "@/lib/auth/require-staff";
import { routes } from "@/lib/routes";
import { ApplicationStatus } from "../_components/application-status";
import { AboutCard } from "./_components/about-card";
import { AuthenticationCard } from "./_components/authentication-card";
import { CredentialsCard } from "./_components/credentials-card";
import { findApplication } from "./_components/find-application";
import { PermissionsCard } from "./_components/permissions-card";
import { StatusControl } from "./_components/status-control";

type ApplicationPageProps = { params: Promise<{ applicationId: string }> };

export async function generateMetadata({ params }: ApplicationPageProps): Promise<Metadata> {
  await requireStaff("applications:read");
  return { title: (await findApplication((await params).applicationId)).name };
}

export default async function ApplicationPage({ params }: ApplicationPageProps) {
  const { staff } = await requireStaff("applications:read");
  const application = await findApplication((await params).applicationId);
  const { id, name, isActive } = application;
  const [authentication, delegation, t, tUsage, now] = await Promise.all([
    getClientAuthentication(id),
    getDelegation(id),
    getTranslations("application"),
    getTranslations("usage"),
    getNow(),
  ]);
  const canWrite = isPermitted(staff.role, "applications:write");
  return (
    <div className="space-y-6">
      <PageHeader
        title={name}
        description={<ApplicationStatus isActive={isActive} />}
        back={{ href: routes.applications.list(), label: t("backToList") }}
      >
        <Link href={routes.applications.usage(id)} className={buttonStyles()}>
          {tUsage("open")}
        </Link>
        {canWrite && (
          <>
            <Link href={routes.applications.edit(id)} className={buttonStyles()}>
              {t("edit")}
            </Link>
            <StatusControl applicationId={id} name={name} isActive={isActive} />
          </>
        )}
      </PageHeader>
      {!isActive && (
        <Notice tone="warning">
          <p>{t("inactiveText")}</p>
        </Notice>
      )}
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <div className="space-y-6">
          <PermissionsCard application={application} delegation={delegation} canWrite={canWrite} />
          <AboutCard application={application} now={now} />
        </div>
        <div className="space-y-6">
          <CredentialsCard application={application} now={now} />
          <AuthenticationCard applicationId={id} authentication={authentication} canWrite={canWrite} />
        </div>
      </div>
    </div>
  );
}
