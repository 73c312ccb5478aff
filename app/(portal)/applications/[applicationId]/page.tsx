import type { Metadata } from "next";
import Link from "next/link";
import { getNow, getTranslations } from "next-intl/server";
import { PageHeader } from "@/components/layout/page-header";
import { buttonStyles } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { getClientAuthentication } from "@/lib/applications/authentication/get-client-authentication";
import { countCreatedRooms } from "@/lib/applications/count-created-rooms";
import { getDelegation } from "@/lib/applications/delegation/get-delegation";
import { secretStateAt } from "@/lib/applications/secrets/secret-use";
import { requireStaff } from "@/lib/auth/require-staff";
import { isPermitted } from "@/lib/permissions";
import { routes } from "@/lib/routes";
import { countRecentCalls } from "@/lib/usage/count-recent-calls";
import { CallsPreview } from "../../_components/calls-preview";
import { HistoryCard } from "../../_components/history-card";
import { ApplicationStatus } from "../_components/application-status";
import { AboutCard } from "./_components/about-card";
import { AuthenticationCard } from "./_components/authentication-card";
import { CredentialsCard } from "./_components/credentials-card";
import { findApplication } from "./_components/find-application";
import { PermissionsCard } from "./_components/permissions-card";
import { RevokeAccessCard } from "./_components/revoke-access-card";
import { RotateSecretControl } from "./_components/rotate-secret-control";
import { StatusControl } from "./_components/status-control";

type ApplicationPageProps = { params: Promise<{ applicationId: string }> };

export async function generateMetadata({ params }: ApplicationPageProps): Promise<Metadata> {
  await requireStaff("applications:read");
  return { title: (await findApplication((await params).applicationId)).name };
}

export default async function ApplicationPage({ params }: ApplicationPageProps) {
  const { staff } = await requireStaff("applications:read");
  const application = await findApplication((await params).applicationId);
  const { id, name, isActive, secrets } = application;
  const canWrite = isPermitted(staff.role, "applications:write");
  const canWriteSecrets = isPermitted(staff.role, "secrets:write");
  const canDelete = isPermitted(staff.role, "applications:delete");
  const [authentication, delegation, calls, roomCount, t, tUsage, now] = await Promise.all([
    getClientAuthentication(id),
    getDelegation(id),
    countRecentCalls({ applicationId: id }, new Date()),
    countCreatedRooms(id),
    getTranslations("application"),
    getTranslations("usage"),
    getNow(),
  ]);
  const preview = <CallsPreview calls={calls} now={now} />;
  const replaceable = secrets.filter((secret) => secretStateAt(secret, now) === "live");
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
            {canWriteSecrets && (
              <RotateSecretControl
                applicationId={id}
                secrets={replaceable.map(({ id: secretId, hint, label }) => ({ id: secretId, hint, label }))}
              />
            )}
            <StatusControl applicationId={id} name={name} isActive={isActive} preview={preview} />
          </>
        )}
      </PageHeader>
      {!isActive && <Notice tone="warning">{t("inactiveText")}</Notice>}
      <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-2">
        <div className="min-w-0 space-y-6">
          <PermissionsCard application={application} delegation={delegation} canWrite={canWrite} />
          <AboutCard application={application} now={now} />
        </div>
        <div className="min-w-0 space-y-6">
          <CredentialsCard application={application} canWrite={canWriteSecrets} now={now} />
          <AuthenticationCard applicationId={id} authentication={authentication} canWrite={canWrite} />
          <HistoryCard filter={{ target: `application:${id}` }} role={staff.role} />
        </div>
      </div>
      <RevokeAccessCard
        applicationId={id}
        name={name}
        roomCount={roomCount}
        canRevokeTokens={canWriteSecrets}
        canDelete={canDelete}
        preview={preview}
      />
    </div>
  );
}
