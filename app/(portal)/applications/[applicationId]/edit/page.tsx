import { getTranslations } from "next-intl/server";
import { SectionHeader } from "@/components/layout/section-header";
import { Notice } from "@/components/ui/notice";
import { requireStaff } from "@/lib/auth/require-staff";
import { isPermitted } from "@/lib/permissions";
import { ReadOnlyNotice } from "../../_components/read-only-notice";
import { applicationTitle } from "../_components/application-title";
import { findApplication } from "../_components/find-application";
import { EditApplicationForm } from "./_components/edit-application-form";

export const generateMetadata = applicationTitle("applicationForm.editTitle");

export default async function EditApplicationPage({ params }: { params: Promise<{ applicationId: string }> }) {
  const { staff } = await requireStaff("applications:read");
  const { applicationId } = await params;
  const { name, description, ownerContact, scopes } = await findApplication(applicationId);
  const canWrite = isPermitted(staff.role, "applications:write");
  const t = await getTranslations("applicationForm");
  return (
    <div className="max-w-3xl space-y-6">
      <SectionHeader title={t("editTitle")} />
      {canWrite ? <Notice>{t("credentialsStay")}</Notice> : <ReadOnlyNotice />}
      <EditApplicationForm
        key={applicationId}
        applicationId={applicationId}
        canWrite={canWrite}
        defaultValues={{ name, description, ownerContact, scopes }}
      />
    </div>
  );
}
