import { getTranslations } from "next-intl/server";
import { SectionHeader } from "@/components/layout/section-header";
import { Notice } from "@/components/ui/notice";
import { requireStaff } from "@/lib/auth/require-staff";
import { toReturnPath } from "@/lib/auth/return-path";
import { accessLinkParams } from "@/lib/machine/check-access/access-check.schema";
import { isPermitted } from "@/lib/permissions";
import { CheckAgain } from "../../../_components/cure/check-again";
import { ReadOnlyNotice } from "../../_components/read-only-notice";
import { applicationTitle } from "../_components/application-title";
import { findApplication } from "../_components/find-application";
import { EditApplicationForm } from "./_components/edit-application-form";

export const generateMetadata = applicationTitle("applicationForm.editTitle");

type EditApplicationPageProps = {
  params: Promise<{ applicationId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function EditApplicationPage({ params, searchParams }: EditApplicationPageProps) {
  const { staff } = await requireStaff("applications:read");
  const { applicationId } = await params;
  const search = await searchParams;
  const ticked = accessLinkParams.parse(search).scopes;
  const { name, description, ownerContact, scopes } = await findApplication(applicationId);
  const canWrite = isPermitted(staff.role, "applications:write");
  const t = await getTranslations("applicationForm");
  return (
    <div className="max-w-3xl space-y-6">
      <SectionHeader title={t("editTitle")} />
      <CheckAgain back={search.back} />
      {canWrite ? <Notice>{t("credentialsStay")}</Notice> : <ReadOnlyNotice />}
      <EditApplicationForm
        key={[applicationId, ...ticked].join(" ")}
        applicationId={applicationId}
        canWrite={canWrite}
        ticked={canWrite ? ticked : []}
        back={toReturnPath(search.back)}
        defaultValues={{ name, description, ownerContact, scopes }}
      />
    </div>
  );
}
