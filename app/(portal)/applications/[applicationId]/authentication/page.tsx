import { getNow, getTranslations } from "next-intl/server";
import { SectionHeader } from "@/components/layout/section-header";
import { getClientAuthentication } from "@/lib/applications/authentication/get-client-authentication";
import { requireStaff } from "@/lib/auth/require-staff";
import { config } from "@/lib/env/config";
import { isPermitted } from "@/lib/permissions";
import { ReadOnlyNotice } from "../../_components/read-only-notice";
import { applicationTitle } from "../_components/application-title";
import { findApplication } from "../_components/find-application";
import { SigningKeyWarning } from "../_components/signing-key-warning";
import { AddKeyForm } from "./_components/add-key-form";
import { AuthenticationForm } from "./_components/authentication-form";
import { KeysCard } from "./_components/keys-card";

export const generateMetadata = applicationTitle("authentication.title");

export default async function AuthenticationPage({ params }: { params: Promise<{ applicationId: string }> }) {
  const { staff } = await requireStaff("applications:read");
  const { applicationId } = await params;
  await findApplication(applicationId);
  const [authentication, now, t] = await Promise.all([
    getClientAuthentication(applicationId),
    getNow(),
    getTranslations("authentication"),
  ]);
  const canWrite = isPermitted(staff.role, "applications:write");
  const { grantTypes, methods, jwksUri, tokenTtlSeconds } = authentication;
  return (
    <div className="max-w-3xl space-y-6">
      <SectionHeader title={t("title")} />
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
