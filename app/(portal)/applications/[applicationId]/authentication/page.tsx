import { getNow, getTranslations } from "next-intl/server";
import { pageTitle } from "@/app/page-title";
import { PageHeader } from "@/components/layout/page-header";
import { getClientAuthentication } from "@/lib/applications/authentication/get-client-authentication";
import { requireStaff } from "@/lib/auth/require-staff";
import { config } from "@/lib/env/config";
import { isPermitted } from "@/lib/permissions";
import { routes } from "@/lib/routes";
import { ReadOnlyNotice } from "../../_components/read-only-notice";
import { findApplication } from "../_components/find-application";
import { SigningKeyWarning } from "../_components/signing-key-warning";
import { AddKeyForm } from "./_components/add-key-form";
import { AuthenticationForm } from "./_components/authentication-form";
import { KeysCard } from "./_components/keys-card";

export const generateMetadata = pageTitle("authentication.title");

export default async function AuthenticationPage({ params }: { params: Promise<{ applicationId: string }> }) {
  const { staff } = await requireStaff("applications:read");
  const { applicationId } = await params;
  const { name } = await findApplication(applicationId);
  const [authentication, now, t, tForm] = await Promise.all([
    getClientAuthentication(applicationId),
    getNow(),
    getTranslations("authentication"),
    getTranslations("applicationForm"),
  ]);
  const canWrite = isPermitted(staff.role, "applications:write");
  const { grantTypes, methods, jwksUri, tokenTtlSeconds } = authentication;
  return (
    <div className="mx-auto max-w-3xl space-y-8">
      <PageHeader
        title={t("title")}
        description={name}
        back={{ href: routes.applications.detail(applicationId), label: tForm("backToApplication") }}
      />
      {!canWrite && <ReadOnlyNotice />}
      <SigningKeyWarning authentication={authentication} />
      <AuthenticationForm
        applicationId={applicationId}
        canWrite={canWrite}
        defaultTtlSeconds={config().tokenTtlSeconds}
        defaultValues={{
          grantTypes,
          methods,
          jwksUri: jwksUri ?? "",
          tokenTtlSeconds: tokenTtlSeconds === null ? "" : String(tokenTtlSeconds),
        }}
      />
      <KeysCard
        applicationId={applicationId}
        authentication={authentication}
        canWrite={canWrite}
        issuer={config().tokenIssuer}
        now={now}
      />
      {canWrite && jwksUri === null && <AddKeyForm applicationId={applicationId} />}
    </div>
  );
}
