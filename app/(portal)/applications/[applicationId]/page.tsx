import type { Metadata } from "next";
import { getNow } from "next-intl/server";
import { getClientAuthentication } from "@/lib/applications/authentication/get-client-authentication";
import { getDelegation } from "@/lib/applications/delegation/get-delegation";
import { requireStaff } from "@/lib/auth/require-staff";
import { isPermitted } from "@/lib/permissions";
import { findApplication } from "./_components/find-application";
import { AboutCard } from "./_components/overview/about-card";
import { AuthenticationCard } from "./_components/overview/authentication-card";
import { CredentialsCard } from "./_components/overview/credentials-card";
import { PermissionsCard } from "./_components/overview/permissions-card";

type ApplicationPageProps = { params: Promise<{ applicationId: string }> };

export async function generateMetadata({ params }: ApplicationPageProps): Promise<Metadata> {
  await requireStaff("applications:read");
  return { title: (await findApplication((await params).applicationId)).name };
}

export default async function ApplicationPage({ params }: ApplicationPageProps) {
  const { staff } = await requireStaff("applications:read");
  const application = await findApplication((await params).applicationId);
  const canWrite = isPermitted(staff.role, "applications:write");
  const [authentication, delegation, now] = await Promise.all([
    getClientAuthentication(application.id),
    getDelegation(application.id),
    getNow(),
  ]);
  return (
    <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-2">
      <div className="min-w-0 space-y-6">
        <PermissionsCard application={application} delegation={delegation} canWrite={canWrite} />
        <AboutCard application={application} now={now} />
      </div>
      <div className="min-w-0 space-y-6">
        <CredentialsCard application={application} canWrite={isPermitted(staff.role, "secrets:write")} now={now} />
        <AuthenticationCard applicationId={application.id} authentication={authentication} canWrite={canWrite} />
      </div>
    </div>
  );
}
